//go:build unix

package main

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

func TestShellReadsQuotedTextBack(t *testing.T) {
	for _, text := range []string{"", "plain", "it's", `$HOME "x" \ ` + "`y`", "two\nlines", "''"} {
		out, err := exec.Command("sh", "-c", "printf %s "+shellQuote(text)).Output()
		if err != nil || string(out) != text {
			t.Errorf("the shell reads %s as %q (%v), want %q", shellQuote(text), out, err, text)
		}
	}
}

func TestEnvLinesAreOfThisStack(t *testing.T) {
	s := newStack(layout{dir: "/s"}, false)
	s.MariaDB.Port = 4711
	out, err := exec.Command("sh", "-c", envLines(s)+`echo "$DEBEZIUM_CONNECT_URL $TF_VAR_mariadb_port"`).Output()
	if want := "http://127.0.0.1:8083 4711\n"; err != nil || string(out) != want {
		t.Errorf("the shell sees %q (%v), want %q", out, err, want)
	}
}

func TestChoosePorts(t *testing.T) {
	taken, err := net.Listen("tcp", address(0))
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	former := taken.Addr().(*net.TCPAddr).Port
	a, b := former, former
	if err := choosePorts([]*int{&a, &b}); err != nil {
		t.Fatal(err)
	}
	if a == former || b == former || a == b {
		t.Errorf("ports %d and %d, want two others than %d", a, b, former)
	}
	none := 0
	if err := choosePorts([]*int{&none}); err != nil || none < firstPort || none >= lastPort {
		t.Errorf("port %d (%v) instead of 0", none, err)
	}
	taken.Close()
	c := former
	if err := choosePorts([]*int{&c}); err != nil || c != former {
		t.Errorf("port %d (%v), want %d, which is free", c, err, former)
	}
}

func TestBrokerKeepsItsPortWhileWorkersRun(t *testing.T) {
	taken, err := net.Listen("tcp", address(0))
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	self, err := stackfile.Identify(os.Getpid())
	if err != nil {
		t.Skipf("processes cannot be identified here: %v", err)
	}
	s := &stackfile.Stack{Connect: []stackfile.Worker{{Process: self}}}
	s.Kafka.Port = taken.Addr().(*net.TCPAddr).Port
	broker := []group{{component{record: &s.Kafka.Process, ports: []*int{&s.Kafka.Port}}}}
	if err := choosePortsOfStopped(s, broker); err == nil || !strings.Contains(err.Error(), "run down") {
		t.Errorf("error %v, want one that says to run down", err)
	}
}

func TestParseLdd(t *testing.T) {
	out := "\tlinux-vdso.so.1 (0x1)\n\tlibaio.so.1 => not found\n\tlibm.so.6 => /lib/libm.so.6 (0x2)\n\tlibnuma.so.1 => not found\n"
	if got, want := parseLdd(out), []string{"libaio.so.1", "libnuma.so.1"}; !reflect.DeepEqual(got, want) {
		t.Errorf("parseLdd = %q, want %q", got, want)
	}
}

func TestJavaVersion(t *testing.T) {
	for out, want := range map[string]int{
		"openjdk version \"17.0.15\" 2025-04-15\nOpenJDK Runtime": 17,
		"openjdk version \"25\" 2025-09-16":                       25,
		"java version \"1.8.0_452\"":                              1,
		"command not found":                                       0,
	} {
		if got := javaVersion(out); got != want {
			t.Errorf("javaVersion(%q) = %d, want %d", out, got, want)
		}
	}
}

func TestClusterIDs(t *testing.T) {
	for range 200 {
		if id := newClusterID(); len(id) != 22 || strings.HasPrefix(id, "-") {
			t.Fatalf("cluster ID %q", id)
		}
	}
}

func TestOwnerReaches(t *testing.T) {
	open := t.TempDir()
	// Below the temporary directory of a test, which may itself be closed.
	if !(layout{owner: &syscall.Credential{}}).ownerReaches("/") {
		t.Error("/ is closed")
	}
	closed := filepath.Join(open, "closed")
	if err := os.Mkdir(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	inside := filepath.Join(closed, "not", "there")
	if (layout{owner: &syscall.Credential{}}).ownerReaches(inside) {
		t.Error("a directory in a closed one can be reached")
	}
	if !(layout{}).ownerReaches(inside) {
		t.Error("the current user cannot reach his own directory")
	}
}

func TestOtherVersionsAreOtherDownloads(t *testing.T) {
	a, err := archives("x", "", artifact{ArtifactID: "a", Version: "1"}).dir("cache")
	if err != nil {
		t.Fatal(err)
	}
	b, err := archives("x", "", artifact{ArtifactID: "a", Version: "2"}).dir("cache")
	if err != nil {
		t.Fatal(err)
	}
	if a == b {
		t.Errorf("both are in %s", a)
	}
}
