package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"reflect"
	"slices"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// byVersion are the definitions that each version has, sorted by name, without
// a lifetime of their own.
type byVersion map[catalog.Version][]catalog.Definition

// read unfolds a data file; a file that doesn't exist yet has no versions.
func read(path string) (byVersion, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return byVersion{}, nil
	}
	if err != nil {
		return nil, err
	}
	var file catalog.Captured
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	known := byVersion{}
	for _, v := range file.Versions {
		known[v] = []catalog.Definition{}
		for _, d := range file.Properties {
			if d.In(v) {
				bare := *d
				bare.From, bare.Until = catalog.Version{}, catalog.Version{}
				known[v] = append(known[v], bare)
			}
		}
	}
	return known, nil
}

// file folds the versions: consecutive ones with the same definition of a
// property share a row.
func (known byVersion) file(class string) catalog.Captured {
	file := catalog.Captured{Class: class, Versions: slices.SortedFunc(maps.Keys(known), catalog.Version.Compare)}
	for _, name := range known.names() {
		file.Properties = append(file.Properties, known.rows(name, file.Versions)...)
	}
	return file
}

func (known byVersion) names() []string {
	names := map[string]bool{}
	for _, definitions := range known {
		for _, d := range definitions {
			names[d.Name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func (known byVersion) rows(name string, versions []catalog.Version) []*catalog.Definition {
	var rows []*catalog.Definition
	var open *catalog.Definition // the row that lasted up to the previous version
	for i, v := range versions {
		d := known.find(name, v)
		if open != nil && d != nil && same(*open, *d) {
			continue
		}
		if open != nil {
			open.Until = v
		}
		open = d
		if d != nil {
			if i > 0 {
				d.From = v
			}
			rows = append(rows, d)
		}
	}
	return rows
}

func (known byVersion) find(name string, v catalog.Version) *catalog.Definition {
	for _, d := range known[v] {
		if d.Name == name {
			return &d
		}
	}
	return nil
}

func same(a, b catalog.Definition) bool {
	a.From, a.Until, b.From, b.Until = catalog.Version{}, catalog.Version{}, catalog.Version{}, catalog.Version{}
	return reflect.DeepEqual(a, b)
}

// encode writes one property a line, so that a difference between releases
// can be read as a difference between lines.
func encode(file catalog.Captured) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\"class\":%s,\"versions\":%s,\"properties\":[\n", line(file.Class), line(file.Versions))
	for i, d := range file.Properties {
		b.Write(line(d))
		if i < len(file.Properties)-1 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
	}
	b.WriteString("]}\n")
	return b.Bytes()
}

// line is JSON without a line break and with < and > as they are. The values
// given to it are plain data, which always encode.
func line(value any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err)
	}
	return bytes.TrimSpace(b.Bytes())
}
