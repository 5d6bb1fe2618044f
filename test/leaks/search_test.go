package leaks_test

import (
	"archive/zip"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
)

// Where secrets may be.
const (
	nothingStored = false
	likeState     = true // those that are written into attributes that aren't write-only
)

// search looks for secrets in a text, and in what is encoded in it.
func (l *leaks) search(where, text string, stored bool) {
	l.t.Helper()
	plain := acctest.Base64Content(text)
	text += plain + acctest.Base64Content(plain)
	for _, m := range append(allMarked, l.clientKey) {
		if m.stored && stored || !m.in(text) {
			continue
		}
		l.t.Errorf("the secret %s is in %s: %s", m.name, where, around(text, m))
	}
}

// around is a piece of the text in which a secret was found.
func around(text string, m marked) string {
	at := max(strings.Index(text, m.value[:end]), strings.Index(text, m.value[len(m.value)-end:]))
	return text[max(0, at-300):min(len(text), at+100)]
}

// searchFiles looks into everything that was written so far: state and its
// backups, plans, logs, crash logs, generated configurations.
func (l *leaks) searchFiles() {
	l.t.Helper()
	err := filepath.WalkDir(l.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		name := filepath.Base(path)
		if name == "tfplan" {
			return l.searchPlanFile(path)
		}
		if name == logFile {
			return l.searchLog(path)
		}
		content, err := os.ReadFile(path)
		l.search(name, string(content), strings.HasPrefix(name, "terraform.tfstate"))
		return err
	})
	if err != nil {
		l.t.Fatal(err)
	}
}

// searchLog looks into what the log has got since the last time: it becomes
// very long.
func (l *leaks) searchLog(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	if _, err := file.Seek(l.searched, io.SeekStart); err != nil {
		return err
	}
	text := readAll(l.t, file)
	l.searched += int64(len(text))
	l.search(logFile, text, nothingStored)
	return nil
}

// searchPlanFile looks into the parts of a saved plan.
func (l *leaks) searchPlanFile(path string) error {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer archive.Close()
	for _, file := range archive.File {
		part, err := file.Open()
		if err != nil {
			return err
		}
		l.search("the plan's "+file.Name, readAll(l.t, part), likeState)
		_ = part.Close()
	}
	return nil
}

// searchPlan looks into a plan as JSON. It holds what the state may hold, but
// always as sensitive; the values of variables are there as they are.
func (l *leaks) searchPlan(text []byte) {
	l.t.Helper()
	l.search("the plan as JSON", string(text), likeState)
	var plan map[string]any
	if err := json.Unmarshal(text, &plan); err != nil {
		l.t.Fatal(err)
	}
	delete(plan, "variables")
	if n := l.searchMarks("plan", plan); n == 0 {
		l.t.Error("the plan as JSON holds no stored secret: the search is blind")
	}
}

// marks are the pairs of values and what tells which of them are sensitive.
var marks = map[string]string{"before": "before_sensitive", "after": "after_sensitive", "values": "sensitive_values", "value": "sensitive"}

// searchMarks returns how many secrets are marked as sensitive, and reports
// those that aren't.
func (l *leaks) searchMarks(where string, value any) int {
	n := 0
	switch v := value.(type) {
	case map[string]any:
		for key, element := range v {
			if sensitive, marked := v[marks[key]]; marked {
				n += l.searchMarked(where+"."+key, element, sensitive)
			} else {
				n += l.searchMarks(where+"."+key, element)
			}
		}
	case []any:
		for _, element := range v {
			n += l.searchMarks(where, element)
		}
	case string:
		l.search(where, v, nothingStored)
	}
	return n
}

// searchMarked looks at a value beside its marks, which are an object of the
// same form, or true for all of it.
func (l *leaks) searchMarked(where string, value, sensitive any) int {
	if sensitive == true {
		text, _ := json.Marshal(value) // was JSON before
		l.search(where, string(text), likeState)
		for _, m := range allMarked {
			if m.in(string(text)) {
				return 1
			}
		}
		return 0
	}
	n := 0
	switch v := value.(type) {
	case map[string]any:
		marks, _ := sensitive.(map[string]any)
		for key, element := range v {
			n += l.searchMarked(where+"."+key, element, marks[key])
		}
	case []any:
		marks, _ := sensitive.([]any)
		for i, element := range v {
			var mark any
			if i < len(marks) {
				mark = marks[i]
			}
			n += l.searchMarked(where, element, mark)
		}
	case string:
		l.search(where, v, nothingStored)
	}
	return n
}
