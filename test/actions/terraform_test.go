package actions_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sasl/plain"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// configuration has each action, one of them triggered by a resource.
const configuration = `
terraform {
  required_providers {
    debezium = { source = "cdc/debezium" }
  }
}

provider "debezium" {
  url = %q
}

variable "kafka_password" {
  type      = string
  ephemeral = true
}

action "debezium_restart_connector" "orders" {
  config {
    name = "orders"
  }
}

action "debezium_reset_offsets" "orders" {
  config {
    name = "orders"
  }
}

action "debezium_execute_snapshot" "orders" {
  config {
    name   = "orders"
    tables = ["public.orders"]
    sasl = {
      mechanism = "PLAIN"
      username  = "terraform"
      password  = var.kafka_password
    }
  }
}

resource "terraform_data" "release" {
  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.debezium_restart_connector.orders]
    }
  }
}
`

// TestInvokeByTerraform invokes actions by the binary, from saved plans, with
// all logs: an ephemeral password comes out nowhere.
func TestInvokeByTerraform(t *testing.T) {
	acctest.NeedsTerraform(t, "1.14.0", "actions")
	const password = "s3cret-of-kafka"
	k := newKafka(t, topic, kfake.EnableSASL(), kfake.Superuser("PLAIN", "terraform", password))
	r := newResetRig(t)
	r.listening(k.brokers, kafkaconnect.Config{"signal.consumer.security.protocol": "SASL_PLAINTEXT"})
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), fmt.Appendf(nil, configuration, r.Server.URL), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TF_VAR_kafka_password", password)
	t.Setenv("TF_LOG", "TRACE")
	w := acctest.NewWorkspace(t, dir, acctest.ProviderBinary(t))
	run := func(args ...string) string {
		t.Helper()
		var out bytes.Buffer
		if err := w.Run(r.Ctx, &out, args...); err != nil {
			t.Fatalf("terraform %v: %s\n%s", args, err, &out)
		}
		if strings.Contains(out.String(), password) {
			t.Errorf("terraform %v shows the password", args)
		}
		return out.String()
	}
	run("init")
	for plan, output := range map[string]string{
		"": `Connector "orders" runs`,
		"-invoke=action.debezium_reset_offsets.orders":    `Connector "orders" is RUNNING again`,
		"-invoke=action.debezium_execute_snapshot.orders": `The signal is in topic "shop-signal"`,
	} {
		args := []string{"plan", "-no-color", "-out=saved"}
		if plan != "" {
			args = append(args, plan)
		}
		run(args...)
		if saved := unzipped(t, filepath.Join(dir, "saved")); strings.Contains(saved, password) {
			t.Errorf("the plan %s holds the password", plan)
		}
		if out := run("apply", "-no-color", "saved"); !strings.Contains(out, output) {
			t.Errorf("%s doesn't say %q:\n%s", plan, output, out)
		}
	}
	r.wantOffsets("")
	k.records(topic, 1, kgo.SASL(plain.Auth{User: "terraform", Pass: password}.AsMechanism()))
}

// unzipped is the content of a plan file.
func unzipped(t *testing.T, path string) string {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	var all strings.Builder
	for _, entry := range archive.File {
		content, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, content); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}
