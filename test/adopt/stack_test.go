package adopt_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// TestRealBringIn: thirty connectors of three kinds, made by plain HTTP with all
// sorts of properties and in all states, come under Terraform by the documented
// steps. Nothing is written, no task starts again, and no file has a secret.
func TestRealBringIn(t *testing.T) {
	stack := acctest.Stack(t)
	f := newFleet(t, stack)
	for i := range 10 {
		f.add("postgres", i, stack.Postgres, f.postgres(i))
		f.add("mysql", i, stack.MySQL, f.binlog("io.debezium.connector.mysql.MySqlConnector", i))
		f.add("mariadb", i, stack.MariaDB, f.binlog("io.debezium.connector.mariadb.MariaDbConnector", i+10))
	}
	f.waitForStates()
	proxy := acctest.NewProxy(t, stack.Connect[0].URL())
	for try := 1; ; try++ {
		starts, rebalances := f.starts()
		if len(starts) < 12 {
			t.Fatalf("the workers' logs tell of the starts of %v alone", starts)
		}
		w := bringIn(t, proxy.URL, "^"+f.space)
		if writes := proxy.Writes(); len(writes) > 0 {
			t.Errorf("written: %v", writes)
		}
		f.waitForStates()
		wantNoSecret(t, w.Dir, stack.Postgres.Password, stack.MySQL.Password, stack.MariaDB.Password)
		startsNow, rebalancesNow := f.starts()
		if maps.Equal(startsNow, starts) {
			return
		}
		// Tasks that go from one worker to the other are started there, too.
		if rebalances == rebalancesNow || try == 10 {
			t.Fatalf("tasks were started: %v, before the import: %v; rebalances: %d, before: %d", startsNow, starts, rebalancesNow, rebalances)
		}
	}
}

// fleet are connectors that somebody made by hand.
type fleet struct {
	t       *testing.T
	stack   *stackfile.Stack
	client  *kafkaconnect.Client
	space   string
	secrets string // a file that the workers read passwords from
	states  map[string]kafkaconnect.State
}

func newFleet(t *testing.T, stack *stackfile.Stack) *fleet {
	t.Helper()
	client, err := kafkaconnect.New(kafkaconnect.Options{URL: stack.Connect[0].URL()})
	if err != nil {
		t.Fatal(err)
	}
	f := &fleet{
		t: t, stack: stack, client: client, space: fmt.Sprintf("fleet_%08x", rand.Uint32()),
		secrets: filepath.Join(t.TempDir(), "db.properties"), states: map[string]kafkaconnect.State{},
	}
	text := fmt.Sprintf("postgres=%s\nmysql=%s\nmariadb=%s\n", stack.Postgres.Password, stack.MySQL.Password, stack.MariaDB.Password)
	if err := os.WriteFile(f.secrets, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	db := acctest.Postgres(t, stack)
	db.Exec("CREATE SCHEMA "+f.space+" AUTHORIZATION debezium", "CREATE TABLE "+f.space+".a (id int PRIMARY KEY)", "ALTER TABLE "+f.space+".a OWNER TO debezium")
	t.Cleanup(func() {
		for name := range f.states {
			_ = client.Delete(context.Background(), name)
		}
		for i := range 10 {
			db.DropSlot(f.slot(i))
		}
		db.Exec("DROP PUBLICATION IF EXISTS "+f.space, "DROP SCHEMA "+f.space+" CASCADE")
	})
	return f
}

func (f *fleet) slot(i int) string { return fmt.Sprintf("%s_%d", f.space, i) }

// add creates a connector: of ten, two are paused, two stopped and one fails,
// and every other one has its password by reference.
func (f *fleet) add(kind string, i int, d stackfile.Database, config kafkaconnect.Config) {
	f.t.Helper()
	name := fmt.Sprintf("%s %s-%d", f.space, kind, i)
	password := d.Password
	if i%2 == 1 {
		password = fmt.Sprintf("${file:%s:%s}", f.secrets, kind)
	}
	maps.Copy(config, kafkaconnect.Config{
		"topic.prefix": strings.ReplaceAll(name, " ", "."), "database.hostname": d.Host, "database.port": strconv.Itoa(d.Port), "tasks.max": " 1", "database.user": d.User, "database.password": password,
		"transforms": "unwrap", "transforms.unwrap.type": "io.debezium.transforms.ExtractNewRecordState",
		"tombstones.on.delete": "True", "owner": "team a\nteam b", "snaphot.fetch.size": "1", "table.whitelist": "x", "heartbeat.interval.ms": "010000", "errors.max.retries": "0",
	})
	if config["snapshot.mode"] == "" {
		config["snapshot.mode"] = "no_data"
	}
	request := kafkaconnect.CreateRequest{Name: name, Config: config}
	f.states[name] = kafkaconnect.StateRunning
	switch i {
	case 5, 6:
		request.InitialState, f.states[name] = kafkaconnect.StatePaused, kafkaconnect.StatePaused
	case 7, 8:
		request.InitialState, f.states[name] = kafkaconnect.StateStopped, kafkaconnect.StateStopped
	case 9:
		f.states[name] = kafkaconnect.StateFailed
	}
	if _, err := f.client.Create(f.t.Context(), request); err != nil {
		f.t.Fatalf("creating %s: %s", name, err)
	}
}

func (f *fleet) postgres(i int) kafkaconnect.Config {
	config := kafkaconnect.Config{
		"connector.class": "io.debezium.connector.postgresql.PostgresConnector", "database.dbname": f.stack.Postgres.Name, "plugin.name": "pgoutput",
		"slot.name": f.slot(i), "publication.name": f.space, "publication.autocreate.mode": "filtered",
		"table.include.list": f.space + ".a , " + f.space + ".a", "database.history.kafka.topic": "old",
	}
	if i == 9 {
		config["publication.name"], config["publication.autocreate.mode"] = "nobody_made_it", "disabled"
	}
	return config
}

func (f *fleet) binlog(class string, i int) kafkaconnect.Config {
	config := kafkaconnect.Config{
		"connector.class": class, "database.server.id": strconv.Itoa(91000 + rand.IntN(1_000_000)*100 + i), "database.include.list": " inventory, inventory",
		"schema.history.internal.kafka.bootstrap.servers": f.stack.Kafka.BootstrapServers(),
		"schema.history.internal.kafka.topic":             fmt.Sprintf("%s.history.%d", f.space, i), "slot.name": "not_of_this_kind", "database.allowPublicKeyRetrieval": "true",
	}
	if i%10 == 9 {
		config["snapshot.mode"] = "recovery" // without an offset to recover from
	}
	return config
}

// waitForStates waits until all are in the state that they were made for.
func (f *fleet) waitForStates() {
	f.t.Helper()
	for name, want := range f.states {
		acctest.Eventually(f.t, fmt.Sprintf("%s is %s", name, want), func() bool {
			status, err := f.client.Status(f.t.Context(), name)
			if err != nil {
				return false
			}
			return status.Summary() == want && (want != kafkaconnect.StateRunning || len(status.Tasks) == 1)
		})
	}
}

var creatingTask = regexp.MustCompile(`Creating task (.*)-0`)

// starts are the starts of the fleet's tasks that the workers' logs tell of, and
// how often the workers have shared out what they run.
func (f *fleet) starts() (starts map[string]int, rebalances int) {
	f.t.Helper()
	logs, err := filepath.Glob(filepath.Join(f.stack.LogDir, "*.log"))
	if err != nil {
		f.t.Fatal(err)
	}
	starts = map[string]int{}
	for _, log := range logs {
		text, err := os.ReadFile(log)
		if err != nil {
			f.t.Fatal(err)
		}
		for _, m := range creatingTask.FindAllStringSubmatch(string(text), -1) {
			if _, ours := f.states[m[1]]; ours {
				starts[m[1]]++
			}
		}
		rebalances += strings.Count(string(text), "Rebalance started")
	}
	return starts, rebalances
}
