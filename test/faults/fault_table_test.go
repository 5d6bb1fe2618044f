package faults_test

import (
	"net/http"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// outcome is how the apply under a fault ends.
type outcome int

const (
	succeeds outcome = iota
	mayFail          // with an error that the next apply puts right
	fails
)

// fault is a column of the fault table.
type fault struct {
	name    string
	disturb func(env *acctest.Env, request string)
	on      func(o operation, reads []string) []string // the requests that it applies to, one case each
	outcome outcome
	stays   bool // it goes on during the next applies
	// prevents: the worker doesn't do what the request asks for.
	prevents bool
	// hides: a refresh may not see what there is to do.
	hides bool
	added kafkaconnect.Config // keys that the server adds
}

// notApplicable are the pairs of the table that can't be, with their reasons.
var notApplicable = []string{
	"a write that is lost, refused or dropped, for refresh and import: they write nothing",
	"added keys, for operations that send no configuration",
	"an accepted and dropped write other than of a configuration: a state that never comes is a wait's timeout, which the wait tests cover",
	"masked secrets, for an update with a secret left to the server: nobody knows the value; TestMaskedSecretIsNeeded",
	"a stale read before the first write, for create: there is nothing older to show",
}

func onWrites(o operation, _ []string) []string { return o.writes }

func onConfigWrites(o operation, _ []string) []string {
	var requests []string
	for _, w := range o.writes {
		if carriesConfig(w) {
			requests = append(requests, w)
		}
	}
	return requests
}

// onWritesAfterPost are the writes to a connector that was just created.
func onWritesAfterPost(o operation, _ []string) []string {
	if o.given != nil || len(o.writes) == 0 || o.writes[0] != posted {
		return nil
	}
	return o.writes[1:]
}

func onPut(o operation, _ []string) []string {
	for _, w := range o.writes {
		if w == put {
			return []string{w}
		}
	}
	return nil
}

// everyNth spreads the reads over as many faults of the same kind, since the
// client treats all reads alike.
func everyNth(turn, among int) func(operation, []string) []string {
	return func(_ operation, reads []string) []string {
		var requests []string
		for i, r := range reads {
			if i%among == turn {
				requests = append(requests, r)
			}
		}
		return requests
	}
}

func onConnectorReads(_ operation, reads []string) []string {
	return slices.DeleteFunc(slices.Clone(reads), func(r string) bool {
		return !strings.HasPrefix(r, "GET /connectors/") || strings.Count(r, "/") != 2
	})
}

// once is a case of an operation as a whole.
func once(operation, []string) []string { return []string{""} }

func onceUnless(notApplicable func(operation) bool) func(operation, []string) []string {
	return func(o operation, _ []string) []string {
		if notApplicable(o) {
			return nil
		}
		return []string{""}
	}
}

// onRequest applies a fault to the request.
func onRequest(f connecttest.Fault) func(*acctest.Env, string) {
	return func(env *acctest.Env, request string) {
		f := f
		f.Method, f.Path, _ = strings.Cut(request, " ")
		env.Fault(f)
	}
}

// onReads applies a fault to all reads, or to as many as it says.
func onReads(f connecttest.Fault) func(*acctest.Env, string) {
	return func(env *acctest.Env, _ string) {
		f := f
		f.Method = http.MethodGet
		env.Fault(f)
	}
}

// afterRequest applies it to the reads that follow the first write.
func afterRequest(f connecttest.Fault) func(*acctest.Env, string) {
	return func(env *acctest.Env, request string) {
		f := f
		f.Method = http.MethodGet
		method, path, _ := strings.Cut(request, " ")
		env.AfterRequest(method, path, func() { env.Fault(f) })
	}
}

var serverKeys = kafkaconnect.Config{"added.by.the.server": "yes", "producer.override.client.id": "proxied"}

func faults() []fault {
	table := []fault{
		{name: "lost answer to", on: onWrites, disturb: onRequest(connecttest.Fault{Kind: connecttest.LoseAnswer, Times: 1})},
		{name: "lost request", on: onWrites, disturb: onRequest(connecttest.Fault{Kind: connecttest.LoseRequest, Times: 1}), outcome: mayFail, prevents: true},
		{name: "worker that doesn't know the connector yet at", on: onWritesAfterPost, disturb: onRequest(connecttest.Fault{Status: http.StatusNotFound, Message: "Unknown connector orders", Times: 1}), prevents: true},
		{name: "worker's timeout after", on: onWrites, disturb: onRequest(connecttest.Fault{Kind: connecttest.TimeOut, Times: 1})},
		{name: "dropped", on: onPut, disturb: onRequest(connecttest.Fault{Kind: connecttest.DropWrite, Times: 1}), outcome: fails, prevents: true},
		{name: "added keys in", on: onConfigWrites, disturb: onRequest(connecttest.Fault{Kind: connecttest.AddKeys, Config: serverKeys}), stays: true, added: serverKeys},
		{name: "lost connection of", on: everyNth(0, 2), disturb: onRequest(connecttest.Fault{Kind: connecttest.LoseAnswer, Times: 1}), outcome: mayFail},
		{name: "worker's timeout of", on: everyNth(1, 2), disturb: onRequest(connecttest.Fault{Kind: connecttest.TimeOut, Times: 1}), outcome: mayFail},
		{name: "no content of", on: onConnectorReads, disturb: onRequest(connecttest.Fault{Status: http.StatusNoContent, Times: 1})},
		{name: "one stale read", on: onceUnless(func(o operation) bool { return o.given == nil }), disturb: onReads(connecttest.Fault{Kind: connecttest.Stale, Times: 1}), hides: true},
		{name: "one stale read after", on: onWrites, disturb: afterRequest(connecttest.Fault{Kind: connecttest.Stale, Times: 1})},
		{name: "four stale reads after", on: onWrites, disturb: afterRequest(connecttest.Fault{Kind: connecttest.Stale, Times: 4})},
		{name: "no status for a while", on: once, disturb: onReads(connecttest.Fault{Kind: connecttest.NoStatus, Times: 4}), outcome: mayFail, hides: true},
		{name: "no status after", on: onWrites, disturb: afterRequest(connecttest.Fault{Kind: connecttest.NoStatus, Times: 4})},
		{
			name: "masked secrets", stays: true, disturb: func(env *acctest.Env, _ string) { env.MaskSecrets(true) },
			on: onceUnless(func(o operation) bool { return strings.Contains(o.name, "left to the server") }),
		},
		{name: "unknown fields", on: once, disturb: func(env *acctest.Env, _ string) { env.Fault(connecttest.Fault{Kind: connecttest.UnknownField}) }, stays: true},
	}
	for i, rebalance := range connecttest.Rebalances {
		table = append(table,
			fault{name: rebalance.Message + " at", on: onWrites, disturb: onRequest(rebalance), prevents: true},
			fault{name: rebalance.Message + " at", on: everyNth(i, len(connecttest.Rebalances)), disturb: onRequest(rebalance)},
		)
	}
	return table
}

// cells are the row of an operation: each fault on each request that it applies to.
func (o operation) cells(reads []string) []disturbed {
	var cells []disturbed
	for _, f := range faults() {
		for _, request := range f.on(o, reads) {
			cells = append(cells, disturbed{o, f, request})
		}
	}
	return cells
}
