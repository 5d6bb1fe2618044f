package database

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// settings is a connector's configuration as the checks read it: the value that
// is set, or Debezium's default.
type settings struct {
	kind     *catalog.Kind
	version  catalog.Version
	config   map[string]string
	unknown  map[string]bool
	current  map[string]string
	replaced []map[string]string
}

// newSettings returns nil if the kind has no checks.
func newSettings(r Request) *settings {
	kind := kindOf(r.Kind)
	if kind == nil {
		return nil
	}
	version := r.Version
	if version.IsZero() {
		version = kind.Newest()
	}
	return &settings{kind: kind, version: version, config: r.Config, unknown: r.Unknown, current: r.Current, replaced: r.Replaced}
}

// known reports whether a property's value can be read here: it isn't unknown
// until apply, a reference that only the worker can resolve, or a mask.
func (s *settings) known(property string) bool {
	value := s.config[property]
	return !s.unknown[property] && !catalog.IsReference(value) && !catalog.IsMask(value)
}

// unread says of a property that isn't known whether it will be.
func (s *settings) unread(property string) string {
	if s.unknown[property] {
		return property + " isn't known yet"
	}
	return property + " can't be read here"
}

// value returns a property's value, trimmed; its default if it isn't set; "" if
// it isn't known or has none.
func (s *settings) value(property string) string {
	if !s.known(property) {
		return ""
	}
	if value := strings.TrimSpace(s.config[property]); value != "" {
		return value
	}
	return s.fallback(property)
}

// hidden are defaults of properties that Debezium's ConfigDef omits.
var hidden = map[string]string{"table.ignore.builtin": "true", "signal.enabled.channels": "source"}

func (s *settings) fallback(property string) string {
	if d := s.kind.Definition(property, s.version); d != nil && d.Default != nil {
		return *d.Default
	}
	return hidden[property]
}

// properties returns the properties of the configuration, set or unknown, in order.
func (s *settings) properties() []string {
	all := slices.Concat(slices.Collect(maps.Keys(s.config)), slices.Collect(maps.Keys(s.unknown)))
	slices.Sort(all)
	return slices.Compact(all)
}

// written returns what the configuration itself sets, or "".
func (s *settings) written(property string) string {
	if !s.known(property) {
		return ""
	}
	return strings.TrimSpace(s.config[property])
}

// option returns a value that Debezium reads case-insensitively.
func (s *settings) option(property string) string { return strings.ToLower(s.value(property)) }

func (s *settings) flag(property string) bool {
	value, _ := catalog.ParseBool(s.value(property))
	return value
}

func (s *settings) list(property string) []string { return catalog.SplitList(s.value(property)) }

// exists reports whether the connector already exists on the cluster.
func (s *settings) exists() bool { return s.current != nil }

// keeps reports whether the running connector, or one whose place it takes, has
// the same values of these properties: what they name is then its own.
func (s *settings) keeps(properties ...string) bool {
	holders := s.replaced
	if s.exists() {
		holders = append(slices.Clone(holders), s.current)
	}
	return slices.ContainsFunc(holders, func(config map[string]string) bool {
		before := &settings{kind: s.kind, version: s.version, config: config}
		return !slices.ContainsFunc(properties, func(p string) bool { return s.value(p) == "" || s.value(p) != before.value(p) })
	})
}

// streams reports whether the connector reads changes.
func (s *settings) streams() bool { return s.option("snapshot.mode") != "initial_only" }

// snapshots reports whether the connector certainly reads the tables' rows.
func (s *settings) snapshots() bool {
	return slices.Contains(catalog.RowSnapshotModes, s.option("snapshot.mode"))
}

// skips reports whether skipped.operations contains an operation, such as "u".
func (s *settings) skips(operation string) bool {
	for skipped := range strings.SplitSeq(s.value("skipped.operations"), ",") {
		if strings.EqualFold(strings.TrimSpace(skipped), operation) {
			return true
		}
	}
	return false
}

// login is how a connector connects to its database.
type login struct {
	host, port, user, password, database string
	tls                                  tlsSettings
}

// loginProperties must be known to connect.
var loginProperties = []string{"database.hostname", "database.port", "database.user", "database.password", "database.dbname"}

// login returns how to connect, or why that isn't possible here.
func (s *settings) login() (login, string) {
	for _, property := range loginProperties {
		if why := s.unreadable(property); why != "" {
			return login{}, why
		}
	}
	l := login{
		host: s.value("database.hostname"), port: s.value("database.port"), database: s.value("database.dbname"),
		user: s.value("database.user"), password: s.config["database.password"],
	}
	switch {
	case l.host == "":
		return l, "The database isn't checked: database.hostname isn't set."
	case l.user == "":
		return l, "The database isn't checked: database.user isn't set."
	case s.kind.Name == Postgres && l.database == "":
		return l, "The database isn't checked: database.dbname isn't set."
	}
	if _, err := strconv.ParseUint(l.port, 10, 16); err != nil {
		return l, "The database isn't checked: database.port isn't a port."
	}
	var why string
	l.tls, why = s.tls()
	return l, why
}

// unreadable returns why a property needed to connect can't be read here.
func (s *settings) unreadable(property string) string {
	value := s.config[property]
	switch {
	case s.unknown[property]:
		return fmt.Sprintf("The database isn't checked: %s isn't known yet.", property)
	case catalog.IsReference(value):
		return fmt.Sprintf("The database isn't checked: %s is a reference, which only the worker can resolve.", property)
	case catalog.IsMask(value):
		return fmt.Sprintf("The database isn't checked: %s is masked by the cluster and isn't in the configuration.", property)
	}
	return ""
}
