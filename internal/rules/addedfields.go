package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// addable are the fields of an event that the unwrap transformation can add:
// those of the envelope, of its transaction, and of every kind's source.
var addable = strings.Fields(`
	op ts_ms ts_us ts_ns id data_collection_order total_order
	version connector name snapshot db sequence schema table collection
	txId lsn xmin origin origin_lsn messageType lsn_proc lsn_commit
	server_id gtid file pos row thread query
	change_lsn commit_lsn event_serial_no
	scn commit_scn lcr_position rs_id ssn redo_thread user_name redo_sql row_id scn_idx start_scn start_ts_ms commit_ts_ms txSeq sql
	rs ord sec h tord stxnid lsid txnNumber wallTime updatedFields removedFields truncatedArrays
	keyspace shard vgtid`)

// addsKnown finds misspelled names of fields to add, which Debezium leaves out.
func addsKnown(option string) func(*evaluation, part) (string, string) {
	return func(v *evaluation, p part) (string, string) {
		for _, entry := range v.list(p.prefix + option) {
			field, _, _ := strings.Cut(entry, ":")
			within, name, nested := strings.Cut(field, ".")
			if !nested {
				name = field
			} else if within != "source" && within != "transaction" {
				continue
			}
			if near := catalog.Nearest(name, addable); near != "" && !slices.Contains(addable, name) {
				return option, fmt.Sprintf("events have no field %s, and it is left out: did you mean %s?", quoted(field), near)
			}
		}
		return "", ""
	}
}
