"""Where web servers keep their settings."""

NGINX = (
    "**/nginx.conf",
    "etc/nginx/conf.d/*.conf",
    "etc/nginx/http.d/*.conf",
    "etc/nginx/sites-available/*",
    "etc/nginx/sites-enabled/*",
    "opt/bitnami/nginx/conf/*.conf",
)
APACHE = (
    "httpd.conf",
    "apache2.conf",
    "etc/apache2/conf-available/*.conf",
    "etc/apache2/mods-available/*.conf",
    "etc/apache2/sites-available/*.conf",
    "etc/apache2/conf.d/*.conf",
    "etc/httpd/conf.d/*.conf",
    "usr/local/apache2/conf/extra/*.conf",
)
PHP = ("php.ini", "etc/php/conf.d/*.ini", "usr/local/etc/php/conf.d/*.ini", "etc/php.d/*.ini")
