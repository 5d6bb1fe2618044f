package acctest

import (
	"context"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// HoldSlot occupies a replication slot, as another client would, until release
// is called. The slot must be free.
func HoldSlot(t *testing.T, stack *stackfile.Stack, slot, publication string) (release func()) {
	t.Helper()
	d := stack.Postgres
	conn, err := pgconn.Connect(context.Background(), fmt.Sprintf("postgres://%s:%s@%s/%s?replication=database",
		d.AdminUser, d.AdminPassword, address(d), d.Name))
	if err != nil {
		t.Fatal(err)
	}
	conn.Frontend().SendQuery(&pgproto3.Query{String: fmt.Sprintf(
		`START_REPLICATION SLOT "%s" LOGICAL 0/0 (proto_version '1', publication_names '%s')`, slot, publication)})
	if err := conn.Frontend().Flush(); err != nil {
		t.Fatal(err)
	}
	for {
		message, err := conn.ReceiveMessage(context.Background())
		if err != nil {
			t.Fatalf("taking slot %s: %s", slot, err)
		}
		if _, streaming := message.(*pgproto3.CopyBothResponse); streaming {
			break
		}
	}
	return func() { _ = conn.Close(context.Background()) }
}
