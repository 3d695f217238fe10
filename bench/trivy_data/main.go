// Writes a bbolt file from lines of JSON: {"path": [bucket, ...], "key": text, "value": any}.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	bolt "go.etcd.io/bbolt"
)

const (
	longestLine = 64 << 20
	linesAtOnce = 20000
)

type entry struct {
	Path  []string        `json:"path"`
	Key   string          `json:"key"`
	Value json.RawMessage `json:"value"`
}

func main() {
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(path string) error {
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true, NoFreelistSync: true})
	if err != nil {
		return err
	}
	defer db.Close()
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, longestLine)
	for more := true; more; {
		err = db.Update(func(tx *bolt.Tx) error {
			for count := 0; count < linesAtOnce; count++ {
				if more = lines.Scan(); !more {
					return lines.Err()
				}
				if err := put(tx, lines.Bytes()); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return db.Sync()
}

func put(tx *bolt.Tx, line []byte) error {
	var one entry
	if err := json.Unmarshal(line, &one); err != nil {
		return err
	}
	bucket, err := tx.CreateBucketIfNotExists([]byte(one.Path[0]))
	for _, name := range one.Path[1:] {
		if err != nil {
			return err
		}
		bucket, err = bucket.CreateBucketIfNotExists([]byte(name))
	}
	if err != nil {
		return err
	}
	return bucket.Put([]byte(one.Key), one.Value)
}
