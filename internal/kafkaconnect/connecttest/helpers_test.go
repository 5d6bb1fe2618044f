package connecttest_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// mariadbConfig is valid and asks for a task too many.
func (w *worker) mariadbConfig(name string) kafkaconnect.Config {
	user, password := w.mariadb.AdminUser, w.mariadb.AdminPassword
	return kafkaconnect.Config{
		"connector.class":    "io.debezium.connector.mariadb.MariaDbConnector",
		"topic.prefix":       name,
		"database.hostname":  w.mariadb.Host,
		"database.port":      strconv.Itoa(w.mariadb.Port),
		"database.user":      user,
		"database.password":  password,
		"database.server.id": "4711",
		"tasks.max":          "2",
	}
}

func named(text, name string) string { return strings.ReplaceAll(text, "NAME", name) }

func decode[T any](t *testing.T, r reply) T {
	t.Helper()
	var value T
	if err := json.Unmarshal([]byte(r.text), &value); err != nil {
		t.Fatalf("%s: %s", err, r.text)
	}
	return value
}

func sameJSON(t *testing.T, got, want string) {
	t.Helper()
	if !equalJSON(t, got, want) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func equalJSON(t *testing.T, got, want string) bool {
	t.Helper()
	read := func(text string) any {
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		var value any
		if err := decoder.Decode(&value); err != nil {
			t.Fatalf("%s: %s", err, text)
		}
		return value
	}
	return reflect.DeepEqual(read(got), read(want))
}

// untilJSON polls until a path answers what is wanted. For a moment after a
// partition's offset was removed, a real worker may show it with a null.
func (w *worker) untilJSON(t *testing.T, path, want string) {
	t.Helper()
	w.until(t, func() string {
		if got := w.call(t, "GET", path, "").text; !equalJSON(t, got, want) {
			return got + ", not " + want
		}
		return ""
	})
}

// wantReply compares a status and the beginning of a message.
func wantReply(t *testing.T, got reply, status int, message string) {
	t.Helper()
	if got.status != status || !strings.HasPrefix(got.message(), message) {
		t.Errorf("got %d %s\nwant %d %s", got.status, got.text, status, message)
	}
}

func wantError(t *testing.T, err, kind error, status int, message string) {
	t.Helper()
	var failure *kafkaconnect.Error
	if !errors.As(err, &failure) || !errors.Is(err, kind) || failure.Status != status || failure.Message != message {
		t.Errorf("got %v (%+v)\nwant %v, %d %s", err, failure, kind, status, message)
	}
}
