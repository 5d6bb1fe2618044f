package examples_test

import (
	"bytes"
	"fmt"
	"maps"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
	"github.com/cdc/terraform-provider-debezium/tools/demo/workspace"
)

// walkedElsewhere are the guides that other tests follow.
var walkedElsewhere = []string{"operations.md"}

// walks are the guides whose parts go on from each other; those of the other
// ones stand alone.
var walks = []string{"getting-started.md", "import.md"}

// page follows one guide on the in-memory Kafka Connect: its HCL is planned,
// its terraform commands are run, and the output that it shows must be there.
// Lines for a resource go into that of a walk; elsewhere they are held to HCL's
// form alone.
type page struct {
	t       *testing.T
	w       *workspace.Workspace
	options []connecttest.Option // of the in-memory Kafka Connect
	walk    bool                 // the guide is one of walks
	server  *connecttest.Server
	text    string // all HCL so far
	output  string // the last command's output
	shown   string // what the guide shows of the next one's
}

// TestGuidesDoWhatTheySay: each block of a guide is run here, in a test of its
// own, or says why not.
func TestGuidesDoWhatTheySay(t *testing.T) {
	acctest.TerraformPath(t)
	provider := acctest.ProviderBinary(t)
	for _, path := range glob(t, filepath.Join(guides, "*.md")) {
		guide := filepath.Base(path)
		if strings.Contains(strings.Join(walkedElsewhere, " "), guide) {
			continue
		}
		t.Run(guide, func(t *testing.T) {
			var p *page
			for _, s := range sections(t, guide) {
				if p == nil || !slices.Contains(walks, guide) {
					p = &page{t: t, w: acctest.NewWorkspace(t, t.TempDir(), provider)}
				}
				p.walk = slices.Contains(walks, guide)
				if s.title == "Debezium before 2.0" {
					p.options = []connecttest.Option{connecttest.Version("2.8.2"), connecttest.Plugins(connecttest.DebeziumPlugin("mysql", "1.9.8.Final"))}
				}
				for i, b := range s.blocks {
					p.shown = ""
					if i+1 < len(s.blocks) && s.blocks[i+1].language == "text" {
						p.shown = s.blocks[i+1].text
					}
					p.follow(s.title, b)
				}
			}
		})
	}
}

func (p *page) follow(title string, b block) {
	p.t.Helper()
	text := dedent(b.text)
	if b.language == "terraform" || b.language == "hcl" {
		if formatted := string(hclwrite.Format([]byte(text))); formatted != text {
			p.t.Errorf("%s: the block isn't formatted:\n%s", title, formatted)
		}
	}
	switch {
	case b.notRun != "":
	case b.language == "terraform":
		p.hcl(title, text)
	case b.language == "hcl":
		p.test(title, text)
	case b.language == "shell":
		for line := range strings.Lines(text) {
			p.command(title, strings.TrimSpace(line))
		}
	case b.language == "text" || b.language == "":
		if p.output != "" && !strings.Contains(p.output, strings.TrimSpace(text)) {
			p.t.Errorf("%s: the guide shows %q, the command said:\n%s", title, text, p.output)
		}
	case b.language == "sql": // test/database runs that of the guide on databases
	case b.language == "yaml": // a workflow: actionlint reads ours alone
	default:
		p.t.Errorf("%s: nothing runs a block of %q", title, b.language)
	}
}

var indent = regexp.MustCompile(`(?m)^   `)

// dedent takes the indent of a list off a block.
func dedent(text string) string {
	if strings.HasPrefix(text, "   ") {
		return indent.ReplaceAllString(text, "")
	}
	return text
}

var (
	used     = regexp.MustCompile(`\bvar\.(\w+)`)
	declared = regexp.MustCompile(`(?m)^variable "(\w+)"`)
)

// hcl plans what the page has so far, together with what the block leaves out.
func (p *page) hcl(title, text string) {
	p.t.Helper()
	file, diags := hclwrite.ParseConfig([]byte(text), title, hcl.InitialPos)
	if diags.HasErrors() {
		p.t.Errorf("%s: %s", title, diags)
		return
	}
	switch lines := len(file.Body().Blocks()) == 0; {
	case !lines:
		p.text += text
	case p.walk && strings.Contains(p.text, "resource \""):
		p.addLines(file)
	default:
		return
	}
	all := p.text
	if !strings.Contains(p.text, "required_providers") {
		all = requirement + all
	}
	server := p.worker()
	if _, exists := server.Config("orders"); !exists && (strings.Contains("\n"+p.text, "\ndata ") || strings.Contains(p.text, "import {")) {
		config := maps.Clone(postgresConnector)
		config["plugin.name"] = "pgoutput"
		server.AddConnector("orders", config, kafkaconnect.StateRunning)
	}
	for _, variable := range used.FindAllStringSubmatch(p.text, -1) {
		if declaration := "variable \"" + variable[1] + "\""; !strings.Contains(all, declaration) {
			all += declaration + " {}\n"
		}
	}
	var values strings.Builder
	for _, variable := range declared.FindAllStringSubmatch(all, -1) {
		value := `"1"`
		if strings.Contains(all, "var."+variable[1]+"[") {
			value = `{ shop = "1", billing = "2" }`
		}
		fmt.Fprintf(&values, "%s = %s\n", variable[1], value)
	}
	write(p.t, filepath.Join(p.w.Dir, "main.tf"), all)
	write(p.t, filepath.Join(p.w.Dir, "test.auto.tfvars"), values.String())
	p.run(title, "init")
	// A configuration that isn't there yet is what the next command makes.
	if !strings.Contains(p.text, "import {") || strings.Contains(p.text, "resource ") {
		p.run(title, "plan")
	}
}

// worker is the page's Kafka Connect, which the provider finds as users' own.
func (p *page) worker() *connecttest.Server {
	p.t.Helper()
	if p.server == nil {
		p.server = connecttest.New(p.t, p.options...)
		p.t.Setenv("DEBEZIUM_CONNECT_URL", p.server.URL)
	}
	return p.server
}

// addLines adds lines to the first resource.
func (p *page) addLines(lines *hclwrite.File) {
	file, _ := hclwrite.ParseConfig([]byte(p.text), "guide", hcl.InitialPos)
	for _, b := range file.Body().Blocks() {
		if b.Type() == "resource" {
			for name, attribute := range lines.Body().Attributes() {
				b.Body().SetAttributeRaw(name, attribute.Expr().BuildTokens(nil))
			}
			break
		}
	}
	p.text = string(file.Bytes())
}

// test runs a file of tests on the connector that the page speaks of.
func (p *page) test(title, text string) {
	p.t.Helper()
	write(p.t, filepath.Join(p.w.Dir, "main.tf"), requirement+`
resource "debezium_postgres_connector" "orders" {
  name              = "orders"
  database_hostname = "postgres.internal"
  database_user     = "debezium"
  database_dbname   = "shop"
  topic_prefix      = "shop"
}
`)
	write(p.t, filepath.Join(p.w.Dir, "orders.tftest.hcl"), text)
	p.run(title, "init")
	p.run(title, "test")
}

func (p *page) command(title, line string) {
	p.t.Helper()
	if setting, ok := strings.CutPrefix(line, "export "); ok {
		name, value, _ := strings.Cut(setting, "=")
		if name != "DEBEZIUM_CONNECT_URL" { // that of the page is set
			p.t.Setenv(name, value)
		}
		return
	}
	if strings.HasPrefix(line, "grep ") {
		filter := exec.CommandContext(p.t.Context(), "sh", "-c", line)
		filter.Dir = p.w.Dir
		if out, err := filter.CombinedOutput(); err != nil {
			p.t.Errorf("%s: %s: %s\n%s", title, line, err, out)
		}
		return
	}
	args, ok := strings.CutPrefix(line, "terraform ")
	if !ok {
		p.t.Errorf("%s: nothing runs %s", title, line)
		return
	}
	p.run(title, strings.Fields(args)...)
}

// run runs a command of terraform, which must succeed without a warning that the
// guide doesn't show.
func (p *page) run(title string, args ...string) {
	p.t.Helper()
	if args[0] == "apply" || args[0] == "destroy" {
		args = append(args, "-auto-approve") // users are asked
	}
	var out bytes.Buffer
	if err := p.w.Run(p.t.Context(), &out, append(args, "-no-color")...); err != nil {
		p.t.Errorf("%s: terraform %s: %s\n%s", title, strings.Join(args, " "), err, &out)
	}
	p.output = out.String()
	if args[0] != "init" && strings.Contains(p.output, "Warning: ") && !strings.Contains(p.shown, "Warning: ") && !strings.Contains(p.output, "Config generation is experimental") {
		p.t.Errorf("%s: terraform %s warns:\n%s", title, strings.Join(args, " "), p.output)
	}
}
