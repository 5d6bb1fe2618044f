package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/cdc/terraform-provider-debezium/tools/demo/workspace"
)

// subject is what is measured: a provider with the HCL of its resources.
type subject struct {
	name     string
	provider string // the binary; "" is built into Terraform
	source   string
	hcl      string // with the worker's URL if it has a provider
}

const (
	ours   = "this provider"
	data   = "terraform_data"
	theirs = "untyped provider"
)

// subjects returns what to measure under a load. The provider's memory needs no
// other subject, and Terraform alone takes minutes for that much state.
func (b bench) subjects(l load) []subject {
	all := []subject{{name: ours, provider: b.provider, source: "cdc/debezium", hcl: typedHCL}}
	if l.alone {
		return all
	}
	all = append(all, subject{name: data, hcl: dataHCL})
	if b.peer != "" {
		all = append(all, subject{name: theirs, provider: b.peer, source: "mongey/kafka-connect", hcl: untypedHCL})
	}
	return all
}

// install writes a subject's configuration to a directory and prepares it.
func (b bench) install(ctx context.Context, dir string, s subject, l load, url string) (*machine, error) {
	m := &machine{usage: filepath.Join(dir, "usage")}
	script, err := wrapped(dir, s.provider, m.usage)
	if err != nil {
		return nil, err
	}
	if m.Workspace, err = workspace.New(dir, b.terraform, script); err != nil {
		return nil, err
	}
	text := fmt.Sprintf(commonHCL, l.connectors, l.tables) + s.hcl
	if s.provider != "" {
		text += fmt.Sprintf(providerHCL, filepath.Base(s.source), s.source, url)
	}
	if s.name == theirs {
		if err := addProvider(dir, s.source, script); err != nil {
			return nil, err
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(text), 0o644); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := m.Run(ctx, &out, "init", "-no-color"); err != nil {
		return nil, fmt.Errorf("terraform init: %w\n%s", err, out.String())
	}
	return m, nil
}

// addProvider adds another provider to where the workspace's init looks.
func addProvider(dir, source, binary string) error {
	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		platform := filepath.Join(dir, ".cli", "providers", host, source, "0.0.1", runtime.GOOS+"_"+runtime.GOARCH)
		if err := os.MkdirAll(platform, 0o755); err != nil {
			return err
		}
		if err := os.Symlink(binary, filepath.Join(platform, "terraform-provider-"+filepath.Base(source)+"_v0.0.1")); err != nil {
			return err
		}
	}
	return nil
}

// commonHCL builds lists of lists, since range is limited to 1024 numbers.
const commonHCL = `
locals {
  connectors = %[1]d
  tables = flatten([for i in range(0, %[2]d, 1000) : [
    for j in range(i, min(i + 1000, %[2]d)) : "public.table_${j}"
  ]])
}

# How many heartbeats more the first connector gets.
variable "changed" {
  default = 0
}
`

const providerHCL = `
terraform {
  required_providers {
    %[1]s = { source = %[2]q }
  }
}

provider %[1]q {
  url = %[3]q
}
`

const typedHCL = `
resource "debezium_postgres_connector" "bench" {
  count                        = local.connectors
  name                         = "bench-${count.index}"
  wait_for_state               = false
  tasks_max                    = 1
  database_hostname            = "db-${count.index % 10}.internal"
  database_port                = 5432
  database_user                = "debezium"
  database_password_wo         = "s3cret"
  database_password_wo_version = 1
  database_dbname              = "shop"
  database_sslmode             = "prefer"
  topic_prefix                 = "shop-${count.index}"
  slot_name                    = "slot_${count.index}"
  publication_name             = "publication_${count.index}"
  publication_autocreate_mode  = "filtered"
  table_include_list           = local.tables
  snapshot_mode                = "initial"
  decimal_handling_mode        = "string"
  tombstones_on_delete         = true
  max_batch_size               = 2048
  max_queue_size               = 8192
  heartbeat_interval_ms        = 10000 + (count.index == 0 ? var.changed : 0)
  heartbeat_action_query       = "UPDATE public.heartbeat SET at = now()"

  config = {
    "snapshot.fetch.size"    = "1000"
    "transforms"             = "unwrap"
    "transforms.unwrap.type" = "io.debezium.transforms.ExtractNewRecordState"
  }
}
`

// propertiesHCL is the same connector as a map.
const propertiesHCL = `{
    "name"                        = "bench-${count.index}"
    "connector.class"             = "io.debezium.connector.postgresql.PostgresConnector"
    "tasks.max"                   = "1"
    "database.hostname"           = "db-${count.index % 10}.internal"
    "database.port"               = "5432"
    "database.user"               = "debezium"
    "database.dbname"             = "shop"
    "database.sslmode"            = "prefer"
    "topic.prefix"                = "shop-${count.index}"
    "plugin.name"                 = "pgoutput"
    "slot.name"                   = "slot_${count.index}"
    "publication.name"            = "publication_${count.index}"
    "publication.autocreate.mode" = "filtered"
    "table.include.list"          = join(",", local.tables)
    "snapshot.mode"               = "initial"
    "decimal.handling.mode"       = "string"
    "tombstones.on.delete"        = "true"
    "max.batch.size"              = "2048"
    "max.queue.size"              = "8192"
    "heartbeat.interval.ms"       = tostring(10000 + (count.index == 0 ? var.changed : 0))
    "heartbeat.action.query"      = "UPDATE public.heartbeat SET at = now()"
    "snapshot.fetch.size"         = "1000"
    "transforms"                  = "unwrap"
    "transforms.unwrap.type"      = "io.debezium.transforms.ExtractNewRecordState"
  }`

// dataHCL holds the tables as a list, like the typed resource: Terraform takes
// much longer to display a long list than a long string.
const dataHCL = `
resource "terraform_data" "bench" {
  count = local.connectors
  input = merge(` + propertiesHCL + `, { "table.include.list" = tolist(local.tables) })
}
`

const untypedHCL = `
resource "kafka-connect_connector" "bench" {
  count            = local.connectors
  name             = "bench-${count.index}"
  config_sensitive = { "database.password" = "s3cret" }
  config           = ` + propertiesHCL + `
}
`
