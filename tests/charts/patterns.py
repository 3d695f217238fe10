"""Common shapes of charts, each as files by path."""

from tests.charts.making import below, chart, packed, pod

HELPERS = """\
{{- define "weir.name" -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- define "weir.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
{{- end }}
"""
DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "weir.name" . }}
  labels:
    {{- include "weir.labels" . | nindent 4 }}
spec:
  {{- if not .Values.scaling.enabled }}
  replicas: {{ .Values.replicas }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "weir.labels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "weir.labels" . | nindent 8 }}
    spec:
      containers:
        - name: {{ .Chart.Name }}
          image: "{{ .Values.image.name }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          {{- with .Values.security }}
          securityContext:
            {{- toYaml . | nindent 12 }}
          {{- end }}
"""
SCALER = """\
{{- if .Values.scaling.enabled }}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: {{ include "weir.name" . }}}
spec: {maxReplicas: 3, scaleTargetRef: {kind: Deployment, name: {{ include "weir.name" . }}}}
{{- end }}
"""
VALUES = """\
replicas: 1
scaling: {enabled: false}
image: {name: registry.example/weir, tag: ""}
security: {privileged: true}
"""
SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: %s}\nspec: {ports: [{port: 80}]}\n"
ROLE = (
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: %s}\n"
    "rules:\n- {apiGroups: ['*'], resources: ['*'], verbs: ['*']}\n"
)
POOL = chart("pool") | {
    "templates/pod.yaml": pod(name="{{ .Release.Name }}-{{ .Chart.Name }}"),
    "values.yaml": "enabled: true\n",
}
ASKS = "dependencies:\n- {name: pool, version: 1.0.0, repository: 'https://charts.example'%s}\n"
LIBRARY = chart("common", "type: library\n") | {
    "templates/_pod.yaml": '{{- define "common.pod" }}\n' + pod(name="shared") + "{{- end }}\n"
}

PATTERNS = {
    "an application": chart(more="appVersion: '7'\n")
    | {
        "templates/_helpers.tpl": HELPERS,
        "templates/deployment.yaml": DEPLOYMENT,
        "templates/hpa.yaml": SCALER,
        "templates/service.yaml": SERVICE % '{{ include "weir.name" . }}',
        "templates/NOTES.txt": "{{ .Release.Name }} is there.\n",
        "values.yaml": VALUES,
    },
    "a chart in a folder": chart(more=ASKS % "") | below("charts/pool", POOL),
    "a chart in an archive": chart(more=ASKS % "")
    | {"charts/pool-1.0.0.tgz": packed("pool", POOL)},
    "a chart by two names": chart(
        more=ASKS % ", alias: lake" + "- {name: pool, version: 1.0.0, alias: sea}\n"
    )
    | below("charts/pool", POOL),
    "a chart that is off": chart(more=ASKS % ", condition: pool.enabled")
    | below("charts/pool", POOL)
    | {"values.yaml": "pool: {enabled: false}\n", "templates/p.yaml": pod(name="own")},
    "a library": chart(more=(ASKS % "").replace("pool", "common"))
    | below("charts/common", LIBRARY)
    | {"templates/p.yaml": '{{ include "common.pod" . }}'},
    "a loop over values": chart()
    | {
        "values.yaml": "names: [a, b, c]\n",
        "templates/s.yaml": "{{- range .Values.names }}\n---\n"
        + SERVICE % "{{ . }}"
        + "{{- end }}\n",
    },
    "several documents": chart()
    | {"templates/all.yaml": "---\n".join((pod(name="one"), SERVICE % "two", ROLE % "three"))},
    "text that is rendered again": chart()
    | {
        "values.yaml": "name: '{{ .Release.Name }}-again'\n",
        "templates/p.yaml": pod(name="{{ tpl .Values.name . }}"),
    },
    "a cluster that is asked": chart()
    | {
        "templates/p.yaml": '{{- if not (lookup "v1" "Pod" "a" "b") }}\n'
        '{{- if semverCompare ">=1.19-0" .Capabilities.KubeVersion.Version }}\n'
        + pod()
        + "{{- end }}\n{{- end }}\n"
    },
    "values for all charts": chart(more=ASKS % "")
    | below("charts/pool", POOL | {"templates/pod.yaml": pod(name="{{ .Values.global.name }}")})
    | {"values.yaml": "global: {name: everywhere}\n"},
    "files of its own": chart()
    | {
        "conf/a.txt": "hello",
        "templates/c.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf}\n"
        'data:\n  {{- (.Files.Glob "conf/*").AsConfig | nindent 2 }}\n',
    },
}
