package database_test

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

func TestMain(m *testing.M) { acctest.Main(m, acctest.InMemoryAtATime) }

// server is a further database server, with settings of its own.
type server struct {
	stackfile.Database
	t    *testing.T
	kind string
	dir  string
	stop func()
}

// serve starts a server in a new directory.
func serve(t *testing.T, kind string, settings ...string) *server {
	t.Helper()
	dir := openDir(t)
	s := &server{t: t, kind: kind, dir: dir, stop: func() {}}
	t.Cleanup(func() { s.stop() })
	s.start(settings...)
	return s
}

// openDir is a new directory that the databases' user may enter, which
// t.TempDir doesn't promise.
func openDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "server-") //nolint:usetesting // see above
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// start starts the server, which isn't running, on what its directory holds.
func (s *server) start(settings ...string) {
	s.t.Helper()
	cmd := exec.Command(acctest.StackProgram(s.t), append([]string{"serve", "-dir", s.dir, s.kind}, settings...)...)
	cmd.Stderr = os.Stderr
	input, err := cmd.StdinPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.stop = func() {
		s.stop = func() {}
		_ = input.Close()
		_ = cmd.Wait()
	}
	for lines := bufio.NewScanner(output); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "{") {
			if err := json.Unmarshal(lines.Bytes(), &s.Database); err != nil {
				s.t.Fatal(err)
			}
			go func() { _, _ = io.Copy(io.Discard, output) }()
			return
		}
	}
	s.stop()
	s.t.Fatalf("%s didn't start", s.kind)
}

// restart stops the server and starts it again.
func (s *server) restart(settings ...string) {
	s.t.Helper()
	s.stop()
	s.start(settings...)
}
