package cluster

import (
	"encoding/json"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

func TestHasOffsets(t *testing.T) {
	const one = `{"offsets":[{"partition":{"server":"shop"},"offset":{"lsn":9007199254740993,"snapshot":null}},{"partition":{"server":"other"},"offset":{"lsn":1}}]}`
	for _, test := range []struct {
		got, want string
		has       bool
	}{
		{`{"offsets":[]}`, ``, true},
		{one, ``, false},
		{one, one, true},
		{one, `{"offsets":[{"partition":{"server":"shop"},"offset":{"lsn":9007199254740993}}]}`, true},
		{one, `{"offsets":[{"partition":{"server":"shop"},"offset":{"lsn":9007199254740992}}]}`, false},
		{one, `{"offsets":[{"partition":{"server":"shop"},"offset":{"lsn":9007199254740993,"txId":1}}]}`, false},
		{one, `{"offsets":[{"partition":{"server":"new"},"offset":{"lsn":1}}]}`, false},
		{one, `{"offsets":[{"partition":{"server":"new"},"offset":null}]}`, true},
		{one, `{"offsets":[{"partition":{"server":"new"}}]}`, true},
		{one, `{"offsets":[{"partition":{"server":"other"},"offset":null}]}`, false},
		{`{"offsets":[{"partition":{"p":1},"offset":{"at":1000.0,"of":[1,"x"]}}]}`, `{"offsets":[{"partition":{"p":1},"offset":{"at":1e3,"of":[1,"x"]}}]}`, true},
		{`{"offsets":[{"partition":{"p":1},"offset":{"of":[1,"x"]}}]}`, `{"offsets":[{"partition":{"p":1},"offset":{"of":["x",1]}}]}`, false},
		{
			`{"offsets":[{"partition":{"kafka_topic":"t","kafka_partition":0},"offset":{"kafka_offset":5}}]}`,
			`{"offsets":[{"partition":{"kafka_partition":"0","kafka_topic":"t"},"offset":{"kafka_offset":"5"}}]}`, true,
		},
	} {
		var got, want kafkaconnect.Offsets
		if err := json.Unmarshal([]byte(test.got), &got); err != nil {
			t.Fatal(err)
		}
		if test.want != "" {
			if err := json.Unmarshal([]byte(test.want), &want); err != nil {
				t.Fatal(err)
			}
		}
		if has := hasOffsets(got.Offsets, want.Offsets); has != test.has {
			t.Errorf("%s has %q: %v", test.got, test.want, has)
		}
	}
}
