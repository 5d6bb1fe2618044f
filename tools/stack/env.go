//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

func envPath(dir string) string { return filepath.Join(dir, "env") }

type variable struct{ name, value string }

// variables point tests, the provider, and configurations with variables of
// these names to the stack.
func variables(s *stackfile.Stack) []variable {
	all := []variable{
		{"DEBEZIUM_STACK", s.Dir},
		{"DEBEZIUM_CONNECT_URL", s.Connect[0].URL()},
		{"TF_VAR_connect_url", s.Connect[0].URL()},
		{"TF_VAR_kafka_bootstrap_servers", s.Kafka.BootstrapServers()},
		{"TF_VAR_database_hostname", host},
		{"TF_VAR_postgres_port", strconv.Itoa(s.Postgres.Port)},
		{"TF_VAR_mysql_port", strconv.Itoa(s.MySQL.Port)},
		{"TF_VAR_database_name", databaseName},
		{"TF_VAR_database_user", databaseUser},
		{"TF_VAR_database_password", databasePassword},
	}
	if s.Small {
		return all
	}
	return append(all,
		variable{"TF_VAR_connect_failover_url", s.Connect[1].URL()},
		variable{"TF_VAR_schema_registry_url", s.Registry.URL()},
		variable{"TF_VAR_mariadb_port", strconv.Itoa(s.MariaDB.Port)},
	)
}

// envLines returns the shell commands that set the variables.
func envLines(s *stackfile.Stack) string {
	var b strings.Builder
	for _, v := range variables(s) {
		fmt.Fprintf(&b, "export %s=%s\n", v.name, shellQuote(v.value))
	}
	return b.String()
}

// shellQuote quotes text as a single word for a POSIX shell.
func shellQuote(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

func writeEnv(s *stackfile.Stack) error {
	return os.WriteFile(envPath(s.Dir), []byte(envLines(s)), 0o600)
}

func printEnv(l layout) error {
	s, err := stackfile.Load(l.dir)
	if err != nil {
		return err
	}
	fmt.Print(envLines(s))
	return nil
}
