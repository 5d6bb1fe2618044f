package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// byVersion maps versions to their definitions, which are sorted by name and
// have no lifetime of their own.
type byVersion map[catalog.Version][]catalog.Definition

func readFile(path string, into any) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// unfold gives each version in a file its own definitions.
func unfold(file catalog.Captured) byVersion {
	known := byVersion{}
	for _, v := range file.Versions {
		known[v] = []catalog.Definition{}
		for _, d := range file.Properties {
			if lasts(d, v.Release()) {
				bare := *d
				bare.From, bare.Until = catalog.Version{}, catalog.Version{}
				known[v] = append(known[v], bare)
			}
		}
	}
	return known
}

// lasts reports whether a row of a file applies to a captured release. Its
// bounds name such releases.
func lasts(d *catalog.Definition, release catalog.Version) bool {
	return !release.Less(d.From) && (d.Until.IsZero() || release.Less(d.Until))
}

// put adds a version, replacing an older one of the same minor release; a newer
// one stays.
func (known byVersion) put(v catalog.Version, definitions []catalog.Definition) {
	for other := range known {
		switch {
		case other.Release() != v.Release():
		case v.Less(other):
			return
		default:
			delete(known, other)
		}
	}
	known[v] = definitions
}

// fold combines consecutive versions with the same definition of a property
// into one row.
func (known byVersion) fold(class string) catalog.Captured {
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
	var open *catalog.Definition // the row that extends to the previous version
	for i, v := range versions {
		d := known.find(name, v)
		if open != nil && d != nil && same(*open, *d) {
			continue
		}
		if open != nil {
			open.Until = v.Release()
		}
		open = d
		if d != nil {
			if i > 0 {
				d.From = v.Release()
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

// encode writes one property per line, so that differences between releases
// show as differences between lines. The file's last field must be its list of
// properties.
func encode(file catalog.Captured) []byte {
	properties := file.Properties
	file.Properties = nil
	return lines(line(file), properties)
}

// lines inserts properties into the JSON of a file encoded without them.
func lines(head []byte, properties []*catalog.Definition) []byte {
	var b bytes.Buffer
	b.Write(bytes.TrimSuffix(head, []byte("null}")))
	b.WriteString("[\n")
	for i, d := range properties {
		b.Write(line(d))
		if i < len(properties)-1 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
	}
	b.WriteString("]}")
	return b.Bytes()
}

// line returns JSON without a line break and with < and > unescaped. Its values
// are plain data, which always encode.
func line(value any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err)
	}
	return bytes.TrimSpace(b.Bytes())
}
