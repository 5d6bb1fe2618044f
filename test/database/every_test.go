package database_test

import (
	"slices"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/database"
)

// elsewhere are the checks that tests of their own drive.
var elsewhere = []string{
	"postgres-wal-level", "postgres-free-slots", "postgres-free-senders", // TestPostgresServers
	"postgres-slot-keep-size", "postgres-slot-database", "postgres-slot-active", "postgres-slot-lost", // TestPostgresSlots
	"postgres-key-identity",                      // TestPostgresKeysOfDeletes
	"postgres-masked-type", "binlog-masked-type", // TestTypesThatAreNotMasked
	"postgres-standby-feedback", "postgres-standby-version", // TestPostgresStandby, TestPostgresStandbyOf15
	"binlog-log-bin", "binlog-databases", "binlog-show-databases", // TestBinlogServers
	"binlog-server",                               // TestBinlogOtherServer
	"binlog-replica-id", "binlog-replica-updates", // TestBinlogReplica
	"binlog-time-zone", // TestBinlogTimeZone
}

// TestEveryCheckIsDriven: each row of the table is seen to find something on a
// real server.
func TestEveryCheckIsDriven(t *testing.T) {
	driven := slices.Clone(elsewhere)
	for _, c := range slices.Concat(postgresCases, binlogCases, binlogVariables) {
		driven = append(driven, c.check)
	}
	for _, c := range columnCases {
		for _, prefix := range columnPrefixes {
			driven = append(driven, prefix+c.check)
		}
	}
	count := map[bool]int{}
	for _, info := range database.List() {
		if !slices.Contains(driven, info.Check) {
			t.Errorf("no test drives %s", info.Check)
		}
		count[info.Kinds == nil]++
	}
	if count[true] < 20 || count[false] < 15 {
		t.Errorf("%d checks of PostgreSQL, %d of MySQL and MariaDB", count[true], count[false])
	}
	t.Logf("%d checks of PostgreSQL, %d of MySQL and MariaDB", count[true], count[false])
}
