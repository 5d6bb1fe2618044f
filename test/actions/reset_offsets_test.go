package actions_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

const reset = "debezium_reset_offsets"

func offset(partition, offset string) kafkaconnect.Offset {
	return kafkaconnect.Offset{Partition: json.RawMessage(partition), Offset: json.RawMessage(offset)}
}

// newResetRig is a rig whose connector has an offset.
func newResetRig(t *testing.T, options ...connecttest.Option) *rig {
	t.Helper()
	r := newRig(t, options...)
	r.SetOffsets("orders", offset(`{"server":"shop"}`, `{"lsn":26622728}`))
	return r
}

// wantOffsets wants the connector to have one offset; "" is none at all.
func (r *rig) wantOffsets(want string) {
	r.t.Helper()
	var got string
	for _, o := range r.StoredOffsets("orders") {
		got += string(o.Offset)
	}
	if got != want {
		r.t.Errorf("the offsets are %q, want %q", got, want)
	}
}

func (r *rig) wantState(want kafkaconnect.State) {
	r.t.Helper()
	if got := r.State("orders"); got != want {
		r.t.Errorf("the connector is %s, want %s", got, want)
	}
}

const (
	stop   = "PUT /connectors/orders/stop"
	resume = "PUT /connectors/orders/resume"
	pause  = "PUT /connectors/orders/pause"
	remove = "DELETE /connectors/orders/offsets"
	alter  = "PATCH /connectors/orders/offsets"

	theOffsets = `{"offsets":[{"partition":{"server":"shop"},"offset":{"lsn":26622728}}]}`
)

func TestResetOffsets(t *testing.T) {
	r := newResetRig(t)
	r.must(reset, nil, `Stopping connector "orders" (RUNNING)`, "STOPPED; tasks: none",
		`The offsets of connector "orders" were: `+theOffsets, `Deleted the offsets of connector "orders"`,
		"RUNNING; tasks: 1 RUNNING", `Connector "orders" is RUNNING again`)
	r.WantWrites(stop, remove, resume)
	r.wantOffsets("")
	r.wantState(kafkaconnect.StateRunning)
}

func TestAlterOffsets(t *testing.T) {
	r := newResetRig(t)
	r.must(reset, acctest.Block{"offsets": `{"offsets": [{"partition": {"server": "shop"}, "offset": {"lsn": 9007199254740993}}]}`},
		"were: "+theOffsets, "Changed the offsets", "is RUNNING again")
	r.WantWrites(stop, alter, resume)
	r.wantOffsets(`{"lsn":9007199254740993}`)
	r.must(reset, acctest.Block{"offsets": `{"offsets": [{"partition": {"server": "shop"}, "offset": null}]}`}, "Changed the offsets")
	r.wantOffsets("")
}

// TestResetOffsetsKeepsTheState: what was paused or stopped stays so.
func TestResetOffsetsKeepsTheState(t *testing.T) {
	for state, want := range map[kafkaconnect.State][]string{
		kafkaconnect.StatePaused:  {stop, remove, pause},
		kafkaconnect.StateStopped: {remove},
	} {
		r := newResetRig(t)
		r.SetState("orders", state)
		r.must(reset, nil, "Deleted the offsets")
		r.WantWrites(want...)
		r.wantState(state)
		r.wantOffsets("")
	}
}

// TestResetOffsetsOfAFailedConnector: it is what one does with an offset that
// the database no longer has.
func TestResetOffsetsOfAFailedConnector(t *testing.T) {
	r := newResetRig(t)
	r.FailTask("orders", 0, "java.lang.RuntimeException: the offset is gone")
	r.must(reset, nil, "is RUNNING again")
}

func TestResetOffsetsThatAreRefused(t *testing.T) {
	r := newResetRig(t)
	for offsets, texts := range map[string][]string{
		`no JSON`: {"offsets has no offsets"},
		`{"offsets": [{"partition": {}, "offset": {"lsn": 1}}]}`:                     {"Entry 0 of offsets has no partition"},
		`{"offsets": [{"partition": {"server": "other"}, "offset": {"lsn": 1}}]}`:    {"Entry 0 of offsets is for another topic prefix", "resume from the offset it has"},
		`{"offsets": [{"partition": {"server": "shop"}, "offset": {"lsn": "0/1"}}]}`: {"lsn in offsets is not a number"},
	} {
		r.mustFail(reset, acctest.Block{"offsets": offsets}, "offsets", texts...)
	}
	r.WantWrites()
	r.Remove("orders")
	r.mustFail(reset, nil, "name", "Connector not found")
}

func TestResetOffsetsNeedsKafkaConnect36(t *testing.T) {
	for _, version := range []string{"3.4.0", "3.5.2"} {
		r := newResetRig(t, connecttest.Version(version))
		r.mustFail(reset, nil, "", "with Kafka Connect 3.6 or later", "another name")
		r.WantWrites()
	}
	newResetRig(t, connecttest.Version("3.6.0")).must(reset, nil, "Deleted the offsets")
}

// TestResetOffsetsThatATaskOverwrites: a task that ends after its connector is
// STOPPED commits once more.
func TestResetOffsetsThatATaskOverwrites(t *testing.T) {
	const given = `{"lsn":42}`
	for wanted, write := range map[string]string{"": remove, given: alter} {
		r := newResetRig(t)
		r.CommitLate("orders", offset(`{"server":"shop"}`, `{"lsn":26622999}`))
		block := acctest.Block{}
		if wanted != "" {
			block["offsets"] = `{"offsets": [{"partition": {"server": "shop"}, "offset": ` + wanted + `}]}`
		}
		r.must(reset, block, "is RUNNING again")
		r.WantWrites(stop, write, write, resume)
		r.wantOffsets(wanted)
	}
}

// TestResetOffsetsThatCannotBeReadBack: the connector isn't started, since what
// it would start from is not known.
func TestResetOffsetsThatCannotBeReadBack(t *testing.T) {
	r := newResetRig(t)
	r.Fault(connecttest.Fault{Method: "GET", Path: "/connectors/orders/offsets", Status: 403, Message: "not you"})
	r.mustFail(reset, nil, "", `Could not delete the offsets of connector "orders"`, "couldn't be read back", "not you", "stays stopped")
	r.wantState(kafkaconnect.StateStopped)
}

// TestResetOffsetsStartsAgain: whatever goes wrong before the offsets have been
// changed, the connector runs in the end.
func TestResetOffsetsStartsAgain(t *testing.T) {
	for name, fault := range map[string]connecttest.Fault{
		"refused":   {Method: "DELETE", Status: 403, Message: "not you"},
		"too early": {Method: "DELETE", Status: 400, Message: "Connectors must be in the STOPPED state"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newResetRig(t)
			r.Fault(fault)
			r.mustFail(reset, nil, "", `Could not delete the offsets of connector "orders"`, fault.Message)
			r.wantState(kafkaconnect.StateRunning)
			r.wantOffsets(`{"lsn":26622728}`)
		})
	}
	t.Run("paused", func(t *testing.T) {
		r := newResetRig(t)
		r.SetState("orders", kafkaconnect.StatePaused)
		r.Fault(connecttest.Fault{Method: "PATCH", Status: 403, Message: "not you"})
		progress, err := r.invoke(reset, acctest.Block{"offsets": theOffsets})
		acctest.WantError(t, err, "Could not change the offsets")
		if last := progress[len(progress)-1]; last != `Connector "orders" was told to be PAUSED again; its offsets haven't been changed` {
			t.Errorf("the progress ends with %q", last)
		}
		r.wantState(kafkaconnect.StatePaused)
	})
	t.Run("stopped", func(t *testing.T) {
		r := newResetRig(t)
		r.SetState("orders", kafkaconnect.StateStopped)
		r.Fault(connecttest.Fault{Method: "DELETE", Status: 403, Message: "not you"})
		r.mustFail(reset, nil, "", "Could not delete the offsets")
		r.wantState(kafkaconnect.StateStopped)
	})
	t.Run("interrupted", func(t *testing.T) {
		r := newResetRig(t)
		ctx, cancel := context.WithCancel(r.Ctx)
		r.Ctx = ctx
		// The worker has stopped it, and its tasks seem to end while Terraform
		// is interrupted.
		r.AfterRequest("PUT", "/connectors/orders/stop", cancel)
		_, err := r.invoke(reset, nil)
		acctest.WantError(t, err, "interrupted")
		r.wantState(kafkaconnect.StateRunning)
		r.wantOffsets(`{"lsn":26622728}`)
	})
	t.Run("that fails too", func(t *testing.T) {
		r := newResetRig(t)
		r.Fault(connecttest.Fault{Method: "DELETE", Status: 403, Message: "not you"})
		r.Fault(connecttest.Fault{Path: "/connectors/orders/resume", Status: 403, Message: "not you either"})
		_, err := r.invoke(reset, nil)
		acctest.WantError(t, err, "Could not delete the offsets", `Could not resume connector "orders", which was stopped to change its offsets`)
	})
}

// TestResetOffsetsOfUnknownOutcome: nobody knows whether the offsets are there,
// so that a start may be from the beginning, or not.
func TestResetOffsetsOfUnknownOutcome(t *testing.T) {
	r := newResetRig(t)
	r.Fault(connecttest.Fault{Kind: connecttest.LoseRequest, Method: "DELETE"})
	r.mustFail(reset, nil, "", "The connector stays stopped", "Run the action again")
	r.wantState(kafkaconnect.StateStopped)
}

func TestResetOffsetsWithLostAnswers(t *testing.T) {
	for _, path := range []string{"/connectors/orders/stop", "/connectors/orders/offsets", "/connectors/orders/resume"} {
		for _, kind := range []connecttest.FaultKind{connecttest.LoseAnswer, connecttest.LoseRequest, connecttest.TimeOut} {
			r := newResetRig(t)
			for _, method := range []string{"PUT", "DELETE"} {
				r.Fault(connecttest.Fault{Kind: kind, Method: method, Path: path, Times: 1})
			}
			r.must(reset, nil, "is RUNNING again")
			r.wantOffsets("")
		}
	}
}

func TestResetOffsetsThatCannotStopOrStart(t *testing.T) {
	r := newResetRig(t)
	r.Fault(connecttest.Fault{Path: "/connectors/orders/stop", Status: 403, Message: "not you"})
	r.mustFail(reset, nil, "", `Could not stop connector "orders"`)
	r.ClearFaults()
	r.WantWrites(stop)
	r.Fault(connecttest.Fault{Path: "/connectors/orders/resume", Status: 403, Message: "not you"})
	r.mustFail(reset, nil, "", `Could not resume connector "orders", whose offsets have been changed`)
	r.ClearFaults()

	r = newResetRig(t)
	r.FailStarts(func(int, kafkaconnect.Config) bool { return true }, "java.lang.RuntimeException: slot in use")
	r.mustFail(reset, nil, "", "The connector failed", "restarted with changed offsets, but it doesn't run", "slot in use")
}

// TestResetOffsetsOfAForeignClass: of a class that isn't Debezium's, the form
// alone is known.
func TestResetOffsetsOfAForeignClass(t *testing.T) {
	sink := &connecttest.Plugin{Class: "com.example.Sink", Type: "sink", Version: "1"}
	r := newRig(t, connecttest.Plugins(append(slices.Clone(connecttest.DefaultPlugins()), sink)...))
	r.AddConnector("orders", kafkaconnect.Config{"connector.class": sink.Class, "topics": "t"}, "")
	r.must(reset, acctest.Block{"offsets": `{"offsets": [{"partition": {"kafka_topic": "t", "kafka_partition": 0}, "offset": {"kafka_offset": 7}}]}`},
		"is RUNNING again")
	r.wantOffsets(`{"kafka_offset":7}`)
}
