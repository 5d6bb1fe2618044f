package rules

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// offsetExamples are offsets that break a rule, and some that don't (says is
// empty).
var offsetExamples = []struct {
	rule, kind string
	config     config
	offsets    string
	severity   Severity
	says       string
}{
	{"offsets-form", "postgres", nil, `{}`, Error, "no entry"},
	{"offsets-form", "postgres", nil, `{"offsets": []}`, Error, ""},
	{"offsets-form", "postgres", nil, `{"offsets": null}`, Error, "no entry"},
	{"offsets-form", "postgres", nil, `not JSON`, Error, "no entry"},
	{"offsets-form", "postgres", nil, `{"offsets": [{"offset": {"lsn": 1}}]}`, Error, "no partition"},
	{"offsets-form", "postgres", nil, `{"offsets": [{"partition": {"server": "shop"}, "offset": null}]}`, Error, "deletes the offset of a partition"},
	{"offsets-form", "jdbc_sink", nil, `{"offsets": [{"partition": {"kafka_topic": "t", "kafka_partition": 0}, "offset": {"kafka_offset": 1}}]}`, Error, ""},
	{"offsets-partition", "postgres", nil, `{"offsets": [{"partition": {"server": "other"}, "offset": {"lsn": 1}}]}`, Error, `"shop"`},
	{"offsets-partition", "mongodb", nil, `{"offsets": [{"partition": {"server": "shop"}, "offset": {"sec": 1}}]}`, Error, `"server_id"`},
	{"offsets-partition", "mongodb", nil, `{"offsets": [{"partition": {"server_id": "shop"}, "offset": {"sec": 1}}]}`, Error, ""},
	{"offsets-partition", "sqlserver", nil, `{"offsets": [{"partition": {"server": "shop", "database": "d"}, "offset": {"commit_lsn": "x"}}]}`, Error, ""},
	{"offsets-partition", "postgres", config{"topic.prefix": "${env:PREFIX}"}, `{"offsets": [{"partition": {"server": "other"}, "offset": {"lsn": 1}}]}`, Error, ""},
	{"offsets-lsn", "postgres", nil, `{"offsets": [{"partition": {"server": "shop"}, "offset": {"lsn": "0/1963B08"}}]}`, Error, "decimal number"},
	{"offsets-lsn", "postgres", nil, `{"offsets": [{"partition": {"server": "shop"}, "offset": {"lsn": 26622728, "lsn_proc": 26622728}}]}`, Error, ""},
	{"offsets-slot", "postgres", config{"slot.name": "s1"}, `{"offsets": [{"partition": {"server": "shop"}, "offset": {"lsn": 1}}]}`, Warning, `"s1"`},
	{"offsets-slot", "postgres", nil, `{"offsets": []}`, Warning, ""},
	{"offsets-history", "mysql", nil, `{"offsets": []}`, Warning, ""},
	{"offsets-slot", "mysql", nil, `{"offsets": [{"partition": {"server": "shop"}, "offset": {"gtids": "x"}}]}`, Warning, ""},
	{"offsets-history", "mysql", nil, `{"offsets": [{"partition": {"server": "shop"}, "offset": {"gtids": "x"}}]}`, Warning, "recovery"},
	{"offsets-history", "mysql", config{"snapshot.mode": "Recovery"}, `{"offsets": [{"partition": {"server": "shop"}, "offset": {"gtids": "x"}}]}`, Warning, ""},
}

func TestOffsetExamples(t *testing.T) {
	for i, e := range offsetExamples {
		t.Run(fmt.Sprintf("%s/%d", e.rule, i), func(t *testing.T) {
			in := Input{Kind: catalog.KindByName(e.kind), Version: version(t, "3.5"), Config: config{"topic.prefix": "shop"}}
			maps.Copy(in.Config, e.config)
			var got []Finding
			for _, f := range Offsets(in, e.offsets) {
				if f.Rule == e.rule {
					got = append(got, f)
				}
			}
			switch {
			case e.says == "" && len(got) > 0:
				t.Errorf("found: %+v", got)
			case e.says == "":
			case len(got) != 1 || got[0].Severity != e.severity || got[0].Property != initialOffsets:
				t.Errorf("want one finding, got %+v", got)
			case !strings.Contains(got[0].Summary+" "+got[0].Detail, e.says):
				t.Errorf("%q isn't in: %s: %s", e.says, got[0].Summary, got[0].Detail)
			}
		})
	}
}

// TestAlteredOffsets: what is said of the offsets that a connector has in place
// of its own, by rule.
func TestAlteredOffsets(t *testing.T) {
	for offsets, want := range map[string][]string{
		`{"offsets": [{"partition": {"server": "shop"}, "offset": {"lsn": 1}}]}`:                       nil,
		`{"offsets": [{"partition": {"server": "shop"}, "offset": null}]}`:                             nil,
		`{"offsets": [{"partition": {"server": "former prefix"}, "offset": null}]}`:                    nil,
		`{"offsets": [{"partition": {"server": "former prefix"}, "offset": {"lsn": 1}}]}`:              {"offsets-partition"},
		`{"offsets": [{"partition": {"server": "shop"}, "offset": {"lsn": "0/1"}}, {"offset": null}]}`: {"offsets-form", "offsets-lsn"},
		`{"offsets": []}`: {"offsets-form"},
		`no JSON`:         {"offsets-form"},
	} {
		var got []string
		for _, f := range AlteredOffsets(Input{Kind: catalog.KindByName("postgres"), Config: config{"topic.prefix": "shop"}}, offsets) {
			got = append(got, f.Rule)
			if f.Property != alteredOffsets || strings.Contains(f.Summary+f.Detail, initialOffsets) {
				t.Errorf("%s: %+v", offsets, f)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", offsets, got, want)
		}
	}
}

// TestAnyOffsetsAreJudged: no text makes a rule panic.
func TestAnyOffsetsAreJudged(t *testing.T) {
	texts := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
		"null", "[]", `{"offsets":null}`, `{"offsets":[null]}`, `{"offsets":[{"partition":[],"offset":1}]}`, `{"offsets":{"a":1}}`,
	}))
	rapid.Check(t, func(t *rapid.T) {
		for _, k := range catalog.Kinds() {
			Offsets(Input{Kind: k, Config: config{}}, texts.Draw(t, "offsets"))
			AlteredOffsets(Input{Kind: k, Config: config{}}, texts.Draw(t, "offsets"))
		}
		Offsets(Input{Config: config{}}, texts.Draw(t, "offsets"))
	})
}
