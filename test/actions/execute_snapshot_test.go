package actions_test

import (
	"encoding/json"
	"maps"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

const (
	snapshot = "debezium_execute_snapshot"
	topic    = "shop-signal"

	// patience bounds what a test waits for; it is no measure.
	patience = time.Minute
)

var lines = acctest.Block{"tables": []string{"public.order_lines"}}

// listening gives the connector the properties of one that reads signals at
// some brokers, with changes; "" leaves one out.
func (r *rig) listening(brokers string, changes kafkaconnect.Config) {
	config := maps.Clone(orders)
	maps.Copy(config, kafkaconnect.Config{
		"signal.enabled.channels":        "source, kafka",
		"signal.kafka.bootstrap.servers": brokers,
		"signal.data.collection":         "public.debezium_signal",
	})
	maps.Copy(config, changes)
	maps.DeleteFunc(config, func(_, value string) bool { return value == "" })
	r.SetConfig("orders", config)
}

// wantSignal wants a signal's data, as JSON, in a record for the connector.
func wantSignal(t *testing.T, r *kgo.Record, want string) {
	t.Helper()
	var got struct {
		ID, Type string
		Data     json.RawMessage
	}
	if err := json.Unmarshal(r.Value, &got); err != nil {
		t.Fatalf("%s: %s", r.Value, err)
	}
	if string(r.Key) != "shop" || r.Partition != 0 || got.ID == "" || got.Type != "execute-snapshot" || string(got.Data) != want {
		t.Errorf("the signal is %s: %s, want the data %s", r.Key, r.Value, want)
	}
}

func TestSnapshot(t *testing.T) {
	r, k := newRig(t), newKafka(t, topic)
	r.listening(k.brokers, nil)
	r.must(snapshot, lines, `Asking connector "orders" for a snapshot (incremental) of public.order_lines`,
		`The signal is in topic "shop-signal" at offset 0; connector "orders" looks for signals every 5s`)
	r.must(snapshot, acctest.Block{
		"tables": []string{"public.a", "public.b"}, "surrogate_key": "position",
		"additional_conditions": []acctest.Block{{"table": "public.a", "filter": "id > 7 AND note <> '\"'"}},
	}, "at offset 1")
	r.must(snapshot, lines.With(acctest.Block{
		"type":                  "blocking",
		"additional_conditions": []acctest.Block{{"table": "public.order_lines", "filter": "SELECT * FROM public.order_lines WHERE id > 7"}},
	}), "(blocking)", "at offset 2")
	records := k.records(topic, 3)
	wantSignal(t, records[0], `{"type":"incremental","data-collections":["public.order_lines"]}`)
	wantSignal(t, records[1], `{"type":"incremental","data-collections":["public.a","public.b"],`+
		`"additional-conditions":[{"data-collection":"public.a","filter":"id > 7 AND note <> '\"'"}],"surrogate-key":"position"}`)
	wantSignal(t, records[2], `{"type":"blocking","data-collections":["public.order_lines"],`+
		`"additional-conditions":[{"data-collection":"public.order_lines","filter":"SELECT * FROM public.order_lines WHERE id > 7"}]}`)
	r.WantWrites()
}

// TestSnapshotByTheConnectorsSettings: what the connector says about its
// channel holds.
func TestSnapshotByTheConnectorsSettings(t *testing.T) {
	for name, test := range map[string]struct {
		topic   string
		changes kafkaconnect.Config
		more    acctest.Block
	}{
		"a topic of its own":                {"signals", kafkaconnect.Config{"signal.kafka.topic": "signals", "signal.poll.interval.ms": "1000"}, nil},
		"read only, without a signal table": {topic, kafkaconnect.Config{"signal.enabled.channels": "kafka", "signal.data.collection": "", "read.only": "true"}, nil},
		"blocking, without a signal table":  {topic, kafkaconnect.Config{"signal.enabled.channels": "kafka", "signal.data.collection": ""}, acctest.Block{"type": "blocking"}},
		"a table that is listed":            {topic, kafkaconnect.Config{"table.include.list": `public\.orders, PUBLIC\.order_lines`}, nil},
		"a table that an expression may be": {topic, kafkaconnect.Config{"table.include.list": "public.orders, public.order_.*"}, nil},
		"the same with its database":        {topic, kafkaconnect.Config{"table.include.list": "public.order_lines"}, acctest.Block{"tables": []string{"inventory.public.order_lines"}}},
		"channels in a reference":           {topic, kafkaconnect.Config{"signal.enabled.channels": "${env:CHANNELS}"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r, k := newRig(t), newKafka(t, test.topic)
			r.listening(k.brokers, test.changes)
			r.must(snapshot, lines.With(test.more), "at offset 0")
			k.records(test.topic, 1)
		})
	}
	for name, changes := range map[string]kafkaconnect.Config{
		"the consumer's own brokers": {"signal.kafka.bootstrap.servers": "nowhere.invalid:1", "signal.consumer.bootstrap.servers": "HERE"},
		"brokers in a reference":     {"signal.kafka.bootstrap.servers": "${env:BROKERS}"},
		"brokers inside a network":   {"signal.kafka.bootstrap.servers": "nowhere.invalid:1", "signal.consumer.security.protocol": "SASL_SSL"},
	} {
		t.Run(name, func(t *testing.T) {
			r, k := newRig(t), newKafka(t, topic)
			more := acctest.Block{"bootstrap_servers": []string{k.brokers}}
			if changes["signal.consumer.bootstrap.servers"] == "HERE" {
				changes["signal.consumer.bootstrap.servers"], more = k.brokers, nil
			}
			r.listening("", changes)
			r.must(snapshot, lines.With(more), "at offset 0")
		})
	}
}

func TestSnapshotOfAConnectorThatDoesNotListen(t *testing.T) {
	r := newRig(t)
	for name, test := range map[string]struct {
		changes kafkaconnect.Config
		more    acctest.Block
		at      string
		texts   []string
	}{
		"by default": {kafkaconnect.Config{"signal.enabled.channels": ""}, nil, "name",
			[]string{"doesn't listen to Kafka", `Debezium's default is "source"`, `signal_enabled_channels = ["source", "kafka"]`, "as a row into public.debezium_signal"}},
		"by its channels": {kafkaconnect.Config{"signal.enabled.channels": "file", "signal.data.collection": ""}, nil, "name",
			[]string{"doesn't listen to Kafka", `is "file"`}},
		"without brokers": {kafkaconnect.Config{"signal.kafka.bootstrap.servers": ""}, nil, "name",
			[]string{"signal.kafka.bootstrap.servers isn't set", "its task fails"}},
		"without a signal table": {kafkaconnect.Config{"signal.data.collection": ""}, nil, "name",
			[]string{"The connector has no signal table", "or set read.only to true", "blocking snapshot"}},
		"with a signal table that isn't read": {kafkaconnect.Config{"signal.enabled.channels": "kafka"}, nil, "name",
			[]string{"doesn't read its signal table", "Add source to it"}},
		"that doesn't capture the table": {kafkaconnect.Config{"table.include.list": "public.orders,public\\.lines"}, nil, "name",
			[]string{"doesn't capture public.order_lines", "Its table.include.list has no entry"}},
		"with a prefix behind a reference": {kafkaconnect.Config{"topic.prefix": "${env:PREFIX}"}, nil, "name",
			[]string{"topic.prefix can't be read", "Write the value itself"}},
		"with brokers behind a reference": {kafkaconnect.Config{"signal.kafka.bootstrap.servers": "${env:BROKERS}"}, nil, "bootstrap_servers",
			[]string{"The brokers aren't known", "Set bootstrap_servers"}},
		"with TLS": {kafkaconnect.Config{"signal.consumer.security.protocol": "SSL"}, nil, "tls",
			[]string{"tls is missing", "with the protocol SSL"}},
		"with SASL": {kafkaconnect.Config{"signal.consumer.security.protocol": "sasl_plaintext"}, nil, "sasl",
			[]string{"sasl is missing", "with the protocol SASL_PLAINTEXT"}},
		"in plain text": {nil, acctest.Block{"tls": acctest.Block{}}, "tls",
			[]string{"tls doesn't fit the brokers", "with the protocol PLAINTEXT", "name it in bootstrap_servers"}},
	} {
		t.Run(name, func(t *testing.T) {
			r.t = t
			r.listening("kafka.internal:9092", test.changes)
			r.mustFail(snapshot, lines.With(test.more), test.at, test.texts...)
		})
	}
}

func TestSnapshotOfAnotherKind(t *testing.T) {
	r := newRig(t, connecttest.Plugins(connecttest.DefaultPlugins()...))
	r.AddConnector("orders", kafkaconnect.Config{"connector.class": "io.debezium.connector.jdbc.JdbcSinkConnector", "topics": "t"}, "")
	r.mustFail(snapshot, lines, "name", "support signals", "JdbcSinkConnector")
	r.Remove("orders")
	r.mustFail(snapshot, lines, "name", "Connector not found")
}

// TestSnapshotOfAConnectorThatDoesNotRun: it reads no signals.
func TestSnapshotOfAConnectorThatDoesNotRun(t *testing.T) {
	r, k := newRig(t), newKafka(t, topic)
	for _, state := range []kafkaconnect.State{kafkaconnect.StatePaused, kafkaconnect.StateStopped} {
		r.listening(k.brokers, nil)
		r.SetState("orders", state)
		r.mustFail(snapshot, lines, "", "The connector is "+string(state), "only a running connector takes snapshots")
	}
	r.SetState("orders", kafkaconnect.StateRunning)
	r.FailTask("orders", 0, "java.lang.RuntimeException: it broke for "+secret+"\n\tat a.B.c(B.java:1)\n")
	r.mustFail(snapshot, lines, "", "The connector failed", "was to be told by a signal, but it doesn't run", "it broke for (sensitive)")
	r.WantWrites()
}

func TestSnapshotWithMistakes(t *testing.T) {
	r := newRig(t)
	for name, test := range map[string]struct {
		block acctest.Block
		at    string
		texts []string
	}{
		"no table":           {acctest.Block{"tables": []string{}}, "tables", []string{"at least 1"}},
		"another type":       {lines.With(acctest.Block{"type": "full"}), "type", []string{"incremental"}},
		"a key for blocking": {lines.With(acctest.Block{"type": "blocking", "surrogate_key": "id"}), "surrogate_key", []string{"has no effect"}},
		"a condition for another table": {lines.With(acctest.Block{"additional_conditions": []acctest.Block{{"table": "public.lines", "filter": "id > 1"}}}),
			"additional_conditions[0].table", []string{`"public.lines" isn't in tables`}},
		"another mechanism": {lines.With(acctest.Block{"sasl": acctest.Block{"mechanism": "GSSAPI", "username": "u", "password": secret}}),
			"sasl.mechanism", []string{"SCRAM-SHA-256"}},
		"a certificate without its key": {lines.With(acctest.Block{"tls": acctest.Block{"client_cert_pem": "x"}}), "tls", []string{"go together"}},
		"a file's name":                 {lines.With(acctest.Block{"tls": acctest.Block{"ca_cert_pem": "/etc/ca.pem"}}), "tls.ca_cert_pem", []string{`write file("…") around it`}},
		"no key": {lines.With(acctest.Block{"tls": acctest.Block{"client_cert_pem": certificateOf(t), "client_key_pem": secret}}),
			"tls.client_key_pem", []string{"is not PEM text"}},
	} {
		t.Run(name, func(t *testing.T) {
			r.t = t
			r.mustFail(snapshot, test.block, test.at, test.texts...)
		})
	}
	if len(r.Requests()) > 0 {
		t.Error("the worker was asked")
	}
}

func certificateOf(t *testing.T) string {
	t.Helper()
	_, certificate := credentials(t)
	return certificate
}

// TestSnapshotConditionsByExpression: where a regular expression takes part, a
// condition may be for a table.
func TestSnapshotConditionsByExpression(t *testing.T) {
	r, k := newRig(t), newKafka(t, topic)
	r.listening(k.brokers, nil)
	for table, condition := range map[string]string{"public.order_.*": "public.order_lines", "public.order_lines": ".*", "public.Lines": "PUBLIC.LINES"} {
		r.must(snapshot, acctest.Block{"tables": []string{table}, "additional_conditions": []acctest.Block{{"table": condition, "filter": "id > 1"}}}, "at offset")
	}
}

func TestSnapshotThroughASecuredKafka(t *testing.T) {
	server, certificate := credentials(t)
	login := acctest.Block{"mechanism": "SCRAM-SHA-256", "username": "terraform", "password": secret}
	trust := acctest.Block{"ca_cert_pem": certificate}
	k := newKafka(t, topic, kfake.TLS(server), kfake.EnableSASL(),
		kfake.Superuser("SCRAM-SHA-256", "terraform", secret), kfake.Superuser("PLAIN", "other", secret))
	r := newRig(t)
	r.listening(k.brokers, kafkaconnect.Config{"signal.consumer.security.protocol": "SASL_SSL"})
	r.must(snapshot, lines.With(acctest.Block{"tls": trust, "sasl": login}), "at offset 0")
	r.must(snapshot, lines.With(acctest.Block{
		"tls": acctest.Block{"insecure_skip_verify": true}, "sasl": login.With(acctest.Block{"mechanism": "PLAIN", "username": "other"}),
	}), "at offset 1")

	r.mustFail(snapshot, lines.With(acctest.Block{"tls": trust, "sasl": login.With(acctest.Block{"password": secret + "-not"})}), "", "Could not send the signal", "with valid credentials")
	r.mustFail(snapshot, lines.With(acctest.Block{"tls": trust, "sasl": login.With(acctest.Block{"mechanism": "SCRAM-SHA-512"})}), "", "Could not send the signal")
	r.mustFail(snapshot, lines.With(acctest.Block{"tls": acctest.Block{}, "sasl": login}), "", "brokers can't be reached", "certificate")
	elsewhere := acctest.Block{"bootstrap_servers": []string{k.brokers}, "timeouts": acctest.Block{"invoke": "20s"}}
	r.mustFail(snapshot, lines.With(elsewhere), "", "brokers can't be reached", "A listener with TLS requires tls")
}

func TestSnapshotThroughAKafkaThatRefuses(t *testing.T) {
	r, k := newRig(t), newKafka(t, "another topic")
	r.listening(k.brokers, nil)
	r.mustFail(snapshot, lines, "", "Could not send the signal", `topic "shop-signal"`, "Kafka has no such topic")

	k = newKafka(t, topic)
	r.listening(k.brokers, nil)
	k.cluster.ControlKey(int16(kmsg.Metadata), func(request kmsg.Request) (kmsg.Response, error, bool) {
		m := request.(*kmsg.MetadataRequest)
		if len(m.Topics) == 0 {
			return nil, nil, false
		}
		k.cluster.KeepControl()
		response := m.ResponseKind().(*kmsg.MetadataResponse)
		denied := kmsg.NewMetadataResponseTopic()
		denied.Topic, denied.ErrorCode = m.Topics[0].Topic, kerr.TopicAuthorizationFailed.Code
		response.Topics = append(response.Topics, denied)
		return response, nil, true
	})
	r.mustFail(snapshot, lines, "", "may not write to the topic")

	// The fake one closes the connection where Kafka answers this.
	k = newKafka(t, topic, kfake.EnableSASL())
	r.listening(k.brokers, kafkaconnect.Config{"signal.consumer.security.protocol": "SASL_PLAINTEXT"})
	k.cluster.ControlKey(int16(kmsg.SASLAuthenticate), func(request kmsg.Request) (kmsg.Response, error, bool) {
		k.cluster.KeepControl()
		response := request.ResponseKind().(*kmsg.SASLAuthenticateResponse)
		response.ErrorCode = kerr.SaslAuthenticationFailed.Code
		response.ErrorMessage = new("Authentication failed for " + secret)
		return response, nil, true
	})
	r.mustFail(snapshot, lines.With(acctest.Block{"sasl": acctest.Block{"mechanism": "PLAIN", "username": "terraform", "password": secret}}), "",
		"Authentication failed for (sensitive)", "The brokers rejected the credentials")

	r.listening(closedPort(t), nil)
	r.mustFail(snapshot, lines, "", "brokers can't be reached", "refused", "that they advertise")
}
