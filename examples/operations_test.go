package examples_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// operations follows the guide on operations: one connector, from section to
// section.
type operations struct {
	*applied
	role   string
	base   *hclwrite.File
	client *kafkaconnect.Client
	rows   int
}

// checks say after each section of the guide what must be so by then.
var checks = map[string]func(o *operations){
	"The connector of this page": func(o *operations) { o.arrives("orders", "the first order") },
	"Pause, stop and resume":     (*operations).goesOn,
	"Restart":                    (*operations).goesOn,
	"Rotate a password": func(o *operations) {
		// The old connection is cut, so that it has to log in again.
		o.postgres.Exec("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '" + o.name + "'")
		o.goesOn()
	},
	"Add a table":         func(o *operations) { o.arrives("order_lines", "an old line") },
	"Upgrade Debezium":    (*operations).goesOn,
	"Take a new snapshot": func(o *operations) { o.snapshots(3) }, // it shows two ways
	"Rename, and keep the position": func(o *operations) {
		o.snapshots(3)
		o.gone(o.name)
	},
	"Move to another database": func(*operations) {},
	"Delete, and leave nothing behind": func(o *operations) {
		o.gone(o.name + "_sales")
		if n := o.postgres.Number("SELECT count(*) FROM pg_replication_slots WHERE slot_name = '" + o.name + "'"); n > 0 {
			o.t.Error("the slot is still there")
		}
	},
}

func TestOperationsAsTheGuideSays(t *testing.T) {
	o := &operations{applied: newApplied(t, t.TempDir(), "name", nil)}
	o.role = o.name + "_role"
	client, err := kafkaconnect.New(kafkaconnect.Options{URL: o.stack.Connect[0].URL()})
	if err != nil {
		t.Fatal(err)
	}
	o.client = client
	o.postgres.Exec(
		"CREATE ROLE "+o.role+" LOGIN REPLICATION PASSWORD 'old-Secret-1'",
		"GRANT CREATE ON DATABASE "+o.stack.Postgres.Name+" TO "+o.role,
		"ALTER SCHEMA "+o.name+" OWNER TO "+o.role,
	)
	t.Cleanup(func() {
		for _, name := range []string{o.name, o.name + "_sales"} {
			_ = o.client.Delete(context.Background(), name)
		}
		o.postgres.DropSlot(o.name)
		o.postgres.Exec("DROP OWNED BY "+o.role+" CASCADE", "DROP ROLE "+o.role, "CREATE SCHEMA "+o.name)
	})
	o.sql("CREATE TABLE public.orders (id INT PRIMARY KEY, note TEXT); CREATE TABLE public.order_lines (id INT PRIMARY KEY, note TEXT);" +
		"INSERT INTO public.orders VALUES (0, 'the first order'); INSERT INTO public.order_lines VALUES (0, 'an old line')")
	o.password("old-Secret-1")
	for _, s := range sections(t, "operations.md") {
		check := checks[s.title]
		if check == nil {
			t.Errorf("nothing checks the section %q", s.title)
			continue
		}
		t.Log("--- " + s.title)
		for _, b := range s.blocks {
			o.follow(b)
		}
		check(o)
	}
}

// own replaces the names of the guide by this run's own.
func (o *operations) own(text string) string {
	return strings.NewReplacer(
		"debezium_orders", o.role, `= "orders"`, `= "`+o.name+`"`, `= "sales"`, `= "`+o.name+`_sales"`, "'orders'", "'"+o.name+"'",
		"connectors/orders/", "connectors/"+o.name+"/", "PUBLICATION orders", "PUBLICATION "+o.name, "public.", o.name+".",
	).Replace(text)
}

func (o *operations) follow(b block) {
	o.t.Helper()
	switch {
	case b.notRun != "":
	case b.language == "terraform":
		o.write(o.own(b.text))
	case b.language == "sql":
		o.sql(b.text)
	case b.language == "shell":
		for line := range strings.Lines(o.own(b.text)) {
			o.shell(strings.TrimSpace(line))
		}
	default:
		o.t.Errorf("nothing runs a block of %q:\n%s", b.language, b.text)
	}
}

// sql runs what the guide says as the owner of the tables.
func (o *operations) sql(text string) {
	o.t.Helper()
	o.postgres.Exec("SET ROLE " + o.role + ";" + o.own(text) + "; RESET ROLE")
}

// write takes a whole configuration, or lines for the resource of the last one.
func (o *operations) write(text string) {
	o.t.Helper()
	file, diags := hclwrite.ParseConfig([]byte(text), "guide", hcl.InitialPos)
	if diags.HasErrors() {
		o.t.Fatal(diags)
	}
	if len(file.Body().Blocks()) > 0 {
		o.base = file
	} else {
		resource := o.base.Body().Blocks()[0].Body()
		for name, attribute := range file.Body().Attributes() {
			resource.SetAttributeRaw(name, attribute.Expr().BuildTokens(nil))
		}
	}
	write(o.t, filepath.Join(o.w.Dir, "main.tf"), requirement+string(o.base.Bytes()))
	o.must("init")
}

func (o *operations) password(password string) {
	o.t.Helper()
	write(o.t, filepath.Join(o.w.Dir, "test.auto.tfvars"), "database_user = \""+o.role+"\"\ndatabase_password = \""+password+"\"\n")
	write(o.t, filepath.Join(o.w.Dir, "variables.tf"), `
provider "debezium" {
  url = "`+o.stack.Connect[0].URL()+`"
}
variable "database_hostname" {}
variable "postgres_port" {}
variable "database_name" {}
variable "database_user" {}
variable "database_password" { ephemeral = true }
`)
}

func (o *operations) shell(line string) {
	o.t.Helper()
	if password, ok := strings.CutPrefix(line, "export TF_VAR_database_password="); ok {
		o.password(password)
		return
	}
	if args, ok := strings.CutPrefix(line, "terraform "); ok {
		words := strings.Fields(args)
		if words[0] != "plan" {
			words = append(words, "-auto-approve")
		}
		o.must(words...)
		return
	}
	cmd := exec.Command("sh", "-c", line)
	cmd.Dir, cmd.Env = o.w.Dir, append(os.Environ(), "DEBEZIUM_CONNECT_URL="+o.stack.Connect[0].URL())
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		o.t.Fatalf("%s: %s\n%s", line, err, &out)
	}
	if strings.HasSuffix(line, `/resume"`) {
		o.snapshots(2) // before the guide's other way replaces it
	}
}

func (o *operations) arrives(table, note string) []string {
	o.t.Helper()
	return acctest.ReadUntil(o.t, o.stack, o.name+"."+o.name+"."+table, note)
}

// goesOn sees a new row arrive.
func (o *operations) goesOn() { o.next() }

func (o *operations) next() []string {
	o.t.Helper()
	o.rows++
	note := "order number " + strconv.Itoa(o.rows)
	o.sql("INSERT INTO public.orders VALUES (" + strconv.Itoa(o.rows) + ", '" + note + "')")
	return o.arrives("orders", note)
}

// snapshots wants the row from before the first to have arrived so many times.
func (o *operations) snapshots(want int) {
	o.t.Helper()
	got := 0
	for _, value := range o.next() {
		got += strings.Count(value, "the first order")
	}
	if got != want {
		o.t.Errorf("the first row arrived %d times, want %d", got, want)
	}
}

func (o *operations) gone(name string) {
	o.t.Helper()
	if _, err := o.client.Connector(o.t.Context(), name); !errors.Is(err, kafkaconnect.ErrNotFound) {
		o.t.Errorf("connector %s is still there (%v)", name, err)
	}
}
