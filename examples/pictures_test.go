package examples_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"maps"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
	"github.com/cdc/terraform-provider-debezium/tools/demo/workspace"
)

// redraw writes the pictures of the README anew: make pictures.
var redraw = flag.Bool("redraw", false, "draw the pictures of the README anew")

// images holds each picture, and beside it the text that it shows.
const images = "../docs/images"

// TestPictureOfAPlan: the plan still says what the picture shows. It runs on
// the in-memory Kafka Connect.
func TestPictureOfAPlan(t *testing.T) {
	server := connecttest.New(t)
	orders := maps.Clone(postgresConnector)
	orders["plugin.name"], orders["slot.name"] = "pgoutput", "orders"
	server.AddConnector("orders", orders, kafkaconnect.StateRunning)
	w := scene(t, "plan", server.URL)
	shows(t, "plan", failing(t, w, "plan"))
}

// TestPictureOfAFailedApply: the apply still says what the picture shows. It
// runs on the real stack, where the publication that it needs is missing.
func TestPictureOfAFailedApply(t *testing.T) {
	stack := acctest.Stack(t)
	postgres := acctest.Postgres(t, stack)
	w := scene(t, "apply", stack.Connect[0].URL())
	t.Cleanup(func() {
		postgres.DropSlot("invoices")
	})
	shows(t, "apply", failing(t, w, "apply", "-auto-approve"))
	if err := w.Run(t.Context(), t.Output(), "destroy", "-auto-approve", "-no-color"); err != nil {
		t.Error(err)
	}
}

// scene is a workspace with the configuration of a picture.
func scene(t *testing.T, name, url string) *workspace.Workspace {
	t.Helper()
	acctest.TerraformPath(t)
	dir := copyOf(t, filepath.Join("pictures", name))
	write(t, filepath.Join(dir, "requirement.tf"), requirement)
	t.Setenv("DEBEZIUM_CONNECT_URL", url)
	w := acctest.NewWorkspace(t, dir, acctest.ProviderBinary(t))
	if err := w.Run(t.Context(), t.Output(), "init", "-no-color"); err != nil {
		t.Fatal(err)
	}
	return w
}

// failing is what a command that must fail says is wrong, in color.
func failing(t *testing.T, w *workspace.Workspace, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	err := w.Run(t.Context(), &out, args...)
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) {
		t.Fatalf("terraform %s: %v, want it to fail\n%s", args[0], err, &out)
	}
	// What comes before the first diagnostic differs by version, and by time.
	first := diagnostic.FindIndex(out.Bytes())
	if first == nil {
		t.Fatalf("terraform %s says nothing:\n%s", args[0], &out)
	}
	return "$ terraform " + args[0] + "\n" + worker.ReplaceAllString(out.String()[first[0]:], "127.0.0.1:8083")
}

var (
	// diagnostic is where one begins, with its color.
	diagnostic = regexp.MustCompile("(\x1b\\[[0-9;]*m)*╷")
	escape     = regexp.MustCompile("\x1b\\[[0-9;]*m")
	// worker is the one that runs the task: which, and its port, is chance.
	worker = regexp.MustCompile(`127\.0\.0\.1:\d+`)
)

// shows compares the output with the picture's text, or draws it.
func shows(t *testing.T, name, output string) {
	t.Helper()
	path := filepath.Join(images, name+".txt")
	output = strings.TrimSpace(output) + "\n"
	plain := escape.ReplaceAllString(output, "")
	if *redraw {
		write(t, path, plain)
		draw(t, filepath.Join(images, name+".svg"), output)
	}
	if shown := readFile(t, path); shown != plain {
		t.Errorf("the picture shows:\n%s\nthe run says (make pictures draws it anew):\n%s", shown, plain)
	}
}

// draw has the tool draw text in color. The font is the reader's own.
func draw(t *testing.T, path, text string) {
	t.Helper()
	cmd := exec.Command("go", "tool", "-modfile=../tools/freeze/go.mod", "freeze", "--config", "pictures/freeze.json", "--output", path)
	cmd.Stdin = strings.NewReader(text)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("freeze: %s\n%s", err, out)
	}
}

// TestPicturesShowTheirText: what a picture shows is the text beside it, and it
// carries no font.
func TestPicturesShowTheirText(t *testing.T) {
	for _, path := range glob(t, filepath.Join(images, "*.svg")) {
		picture := readFile(t, path)
		if strings.Contains(picture, "font-face") {
			t.Errorf("%s carries a font", path)
		}
		want := readFile(t, strings.TrimSuffix(path, ".svg")+".txt")
		if got := textOf(t, picture); strings.Join(strings.Fields(got), "") != strings.Join(strings.Fields(want), "") {
			t.Errorf("%s shows:\n%s\nwant:\n%s", path, got, want)
		}
	}
}

// textOf is all text of an XML document.
func textOf(t *testing.T, document string) string {
	t.Helper()
	var text strings.Builder
	decoder := xml.NewDecoder(strings.NewReader(document))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return text.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		if characters, ok := token.(xml.CharData); ok {
			text.Write(characters)
		}
	}
}
