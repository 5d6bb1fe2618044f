package stackfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestSavedStackIsLoaded(t *testing.T) {
	dir := t.TempDir()
	s := &Stack{
		Dir:    dir,
		LogDir: filepath.Join(dir, "logs"),
		Kafka:  Kafka{Process: Process{PID: 7, StartTime: 1 << 60, BootID: "b"}, Host: "127.0.0.1", Port: 9092},
		Connect: []Worker{
			{Process: Process{PID: 8}, Host: "127.0.0.1", Port: 8083},
			{Host: "127.0.0.1", Port: 8084},
		},
		MySQL: Database{Port: 3306, Password: "se\"cret"},
	}
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	loaded, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(loaded, s) {
		t.Errorf("loaded %+v, saved %+v", loaded, s)
	}
	if got, want := loaded.Connect[1].URL(), "http://127.0.0.1:8084"; got != want {
		t.Errorf("URL = %q, want %q", got, want)
	}
	if got, want := loaded.Kafka.BootstrapServers(), "127.0.0.1:9092"; got != want {
		t.Errorf("BootstrapServers = %q, want %q", got, want)
	}
}

func TestLoadWithoutStack(t *testing.T) {
	if _, err := Load(t.TempDir()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v, want one that wraps fs.ErrNotExist", err)
	}
}

func TestDefaultDirIsUnderTheRepository(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	inner := filepath.Join(root, "a", "b")
	for _, dir := range []string{inner, filepath.Join(root, ".git")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(inner)
	dir, err := DefaultDir()
	if want := filepath.Join(root, ".stack"); dir != want || err != nil {
		t.Errorf("DefaultDir = %q, %v; want %q", dir, err, want)
	}
}
