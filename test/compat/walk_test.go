package compat_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// The walks are the rows of the table, in its order: each begins with the first
// connector running, as the one before has left it.

// validation: what the catalog can't know, the worker says in the plan.
func (g *rig) validation() error {
	c := g.first().with("transforms", "x").with("transforms.x.type", "com.example.Missing")
	g.write(g.hcl(c))
	var refused refusal
	if err := g.terraform("plan"); !errors.As(err, &refused) || !strings.Contains(refused.message, "com.example.Missing") {
		return fmt.Errorf("the plan with a class that isn't there: %w", err)
	}
	return nil
}

func (g *rig) creation() error {
	before := g.insert("before the snapshot")
	if err := g.apply(g.hcl(g.first())); err != nil {
		return err
	}
	g.arrives(g.space, before)
	g.arrives(g.space, g.insert("streamed"))
	return nil
}

func (g *rig) update() error {
	if err := g.apply(g.hcl(g.first("max_batch_size = 1024"))); err != nil {
		return err
	}
	info, err := g.client.Connector(g.t.Context(), g.name)
	if err != nil || info.Config["max.batch.size"] != "1024" {
		return fmt.Errorf("max.batch.size on the worker isn't 1024 (%w)", err)
	}
	g.arrives(g.space, g.insert("after the update"))
	return nil
}

func (g *rig) pause() error { return g.rest("paused", kafkaconnect.StatePaused) }

func (g *rig) stop() error { return g.rest("stopped", kafkaconnect.StateStopped) }

// rest takes the connector out of work and back: the row of meanwhile arrives.
func (g *rig) rest(state string, want kafkaconnect.State) error {
	if err := g.apply(g.hcl(g.first(fmt.Sprintf("state = %q", state)))); err != nil {
		return err
	}
	if err := g.is(want); err != nil {
		return err
	}
	note := g.insert("meanwhile")
	if err := g.apply(g.hcl(g.first())); err != nil {
		return err
	}
	g.arrives(g.space, note)
	return nil
}

func (g *rig) is(want kafkaconnect.State) error {
	status, err := g.client.Status(g.t.Context(), g.name)
	if err != nil {
		return err
	}
	if got := status.Summary(); got != want {
		return fmt.Errorf("the connector is %s, want %s", got, want)
	}
	return nil
}

// fail has the broker refuse a row, which no release of Debezium can retry.
func (g *rig) fail() (note string, repair func()) {
	g.t.Helper()
	acctest.LimitRecords(g.t, g.stack, g.topic(g.space), "100")
	note = g.insert("too large for the topic")
	acctest.Eventually(g.t, "connector "+g.name+" is FAILED", func() bool { return g.is(kafkaconnect.StateFailed) == nil })
	return note, func() { acctest.LimitRecords(g.t, g.stack, g.topic(g.space), "1000000") }
}

// heal: the next plan sees the failure, and its apply restarts the task.
func (g *rig) heal() error {
	note, repair := g.fail()
	repair()
	if err := g.unchanged(); err == nil {
		return errors.New("the plan doesn't see that the connector has failed")
	}
	if err := g.apply(g.hcl(g.first())); err != nil {
		return err
	}
	g.arrives(g.space, note)
	return nil
}

func (g *rig) restart() error {
	if err := g.apply(g.hcl(g.first(`restart_triggers = { a = "1" }`))); err != nil {
		return err
	}
	g.arrives(g.space, g.insert("after the restart"))
	return g.apply(g.hcl(g.first()))
}

// updateFailed: the new configuration runs, without a restart of its own.
func (g *rig) updateFailed() error {
	note, repair := g.fail()
	repair()
	if err := g.apply(g.hcl(g.first("max_batch_size = 1025"))); err != nil {
		return err
	}
	g.arrives(g.space, note)
	return g.apply(g.hcl(g.first()))
}

func (g *rig) dataSources() error {
	class := catalog.KindByName(g.kind).Class
	err := g.apply(g.hcl(g.first()) + fmt.Sprintf(`
data "debezium_cluster" "c" {}
data "debezium_connector_plugins" "c" {}
data "debezium_connectors" "c" {}
data "debezium_connector_status" "c" { name = %[1]q }
data "debezium_connector_topics" "c" { name = %[1]q }
data "debezium_config_validation" "c" {
  kind   = %[2]q
  config = {}
}
output "seen" {
  value = join("\n", [
    data.debezium_cluster.c.version,
    contains(data.debezium_connector_plugins.c.plugins[*].class, %[3]q),
    contains(data.debezium_connectors.c.names, %[1]q),
    data.debezium_connector_status.c.status,
    contains(data.debezium_connector_topics.c.topics, %[4]q),
    data.debezium_config_validation.c.valid,
  ])
}
`, g.name, g.kind, class, g.topic(g.space)))
	if err != nil {
		return err
	}
	want := g.release.kafka.String() + "\ntrue\ntrue\nRUNNING\ntrue\nfalse"
	if got := g.output("seen"); got != want {
		return fmt.Errorf("the data sources say %q, want %q", got, want)
	}
	return nil
}

func (g *rig) readOffsets() error {
	err := g.apply(g.hcl(g.first()) + fmt.Sprintf(`
data "debezium_connector_offsets" "c" { name = %q }
output "offsets" { value = data.debezium_connector_offsets.c.offsets }
`, g.name))
	if err != nil {
		return err
	}
	if got := g.output("offsets"); !strings.Contains(got, `{"server":"`+g.space+`"}`) {
		return fmt.Errorf("no partition of %s in the offsets %s", g.space, got)
	}
	return nil
}

func (g *rig) importing() error {
	if out, err := g.w.Output(g.t.Context(), "state", "rm", g.resource()+".c"); err != nil {
		return fmt.Errorf("state rm: %w: %s", err, out)
	}
	c := g.first()
	c.imported = true
	if err := g.apply(g.hcl(c)); err != nil {
		return err
	}
	g.arrives(g.space, g.insert("after the import"))
	return g.apply(g.hcl(g.first()))
}

// resetOffsets: a connector of the same name takes a snapshot again.
func (g *rig) resetOffsets() error {
	if err := g.apply(g.hcl(g.first("reset_offsets_on_destroy = true"))); err != nil {
		return err
	}
	if err := g.apply(""); err != nil {
		return err
	}
	if err := g.apply(g.hcl(g.first())); err != nil {
		return err
	}
	times := 0
	for _, value := range g.arrives(g.space, g.insert("after the new snapshot")) {
		times += strings.Count(value, "before the snapshot 1")
	}
	if times != 2 {
		return fmt.Errorf("the first row arrived %d times, want 2", times)
	}
	return nil
}

func (g *rig) destroy() error {
	if err := g.apply(""); err != nil {
		return err
	}
	if _, err := g.client.Connector(g.t.Context(), g.name); !errors.Is(err, kafkaconnect.ErrNotFound) {
		return fmt.Errorf("the connector is still there (%w)", err)
	}
	return nil
}

// second is another connector on the same table.
func (g *rig) second(name string, lines ...string) connector {
	g.forget(name)
	return connector{name: name, prefix: catalog.SlotName(name), lines: lines}
}

func (g *rig) createPaused() error {
	for _, state := range []string{"paused", "stopped"} {
		c := g.second(g.name+"_"+state, fmt.Sprintf("state = %q", state))
		if err := g.apply(g.hcl(c)); err != nil {
			return err
		}
		topics, err := g.client.Topics(g.t.Context(), c.name)
		if err != nil || len(topics) > 0 {
			return fmt.Errorf("it wrote to %v (%w)", topics, err)
		}
		if err := g.apply(""); err != nil {
			return err
		}
	}
	return nil
}

func (g *rig) initialOffsets() error {
	name := g.name + "_offsets"
	slot := catalog.SlotName(name)
	g.db.Exec(
		fmt.Sprintf("CREATE PUBLICATION %s FOR TABLE %s.a", slot, g.space),
		fmt.Sprintf("ALTER PUBLICATION %s OWNER TO debezium", slot),
		fmt.Sprintf("SELECT pg_create_logical_replication_slot('%s', 'pgoutput')", slot),
	)
	before := g.insert("before the offset")
	lsn := g.db.Number("SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint")
	after := g.insert("after the offset")
	c := g.second(name)
	c.lines = append(c.lines, fmt.Sprintf(`initial_offsets = jsonencode({ offsets = [{
    partition = { server = %q }
    offset    = { lsn = %d, lsn_proc = %d, lsn_commit = %d, txId = 1, ts_usec = 1 }
  }] })`, c.prefix, lsn, lsn, lsn))
	if err := g.apply(g.hcl(c)); err != nil {
		return err
	}
	for _, value := range g.arrives(c.prefix, after) {
		if strings.Contains(value, before) {
			return errors.New("a row from before the offset arrived")
		}
	}
	return g.apply("")
}

// otherVersion runs a connector of a version that the first one isn't of.
func (g *rig) otherVersion() error {
	const other = "3.0.8.Final"
	c := g.second(g.name + "_version")
	c.version = other
	if err := g.apply(g.hcl(c)); err != nil {
		return err
	}
	g.arrives(c.prefix, g.insert("by another version"))
	return g.apply("")
}

// oddName is a whole life in short.
func (g *rig) oddName(odd string) error {
	c := g.second(odd + g.name)
	if err := g.apply(g.hcl(c)); err != nil {
		return err
	}
	c.lines = append(c.lines, "max_batch_size = 1024")
	if err := g.apply(g.hcl(c)); err != nil {
		return err
	}
	g.arrives(c.prefix, g.insert("under another name"))
	return g.apply("")
}
