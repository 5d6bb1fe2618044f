//go:build unix

package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// %[1]s lists the bootstrap servers, %[2]s and %[3]s are the worker's URLs,
// %[4]s the plugin path. The converters are those of Kafka's example settings.
const workerProperties = `bootstrap.servers=%[1]s
listeners=%[2]s,%[3]s
plugin.path=%[4]s
plugin.discovery=service_load
group.id=connect
config.storage.topic=connect-configs
config.storage.replication.factor=1
offset.storage.topic=connect-offsets
offset.storage.replication.factor=1
offset.storage.partitions=1
status.storage.topic=connect-status
status.storage.replication.factor=1
status.storage.partitions=1
key.converter=org.apache.kafka.connect.json.JsonConverter
value.converter=org.apache.kafka.connect.json.JsonConverter
offset.flush.interval.ms=2000
scheduled.rebalance.max.delay.ms=0
topic.tracking.enable=true
topic.tracking.allow.reset=true
connector.client.config.override.policy=All
config.providers=file,env
config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider
config.providers.env.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider
`

func workerComponent(l layout, jars, pluginPath string, s *stackfile.Stack, i int) component {
	w := &s.Connect[i]
	name := fmt.Sprintf("connect-%d", i+1)
	return component{
		name:   name,
		record: &w.Process,
		ports:  []*int{&w.Port, &w.SecurePort},
		command: func(context.Context) (*exec.Cmd, error) {
			properties := filepath.Join(l.dir, name+".properties")
			text := fmt.Sprintf(workerProperties, s.Kafka.BootstrapServers(), w.URL(), w.SecureURL(), pluginPath) +
				secureListener(certificatesIn(l.dir))
			if err := os.WriteFile(properties, []byte(text), 0o644); err != nil {
				return nil, err
			}
			cmd := java(jars, "1g", "org.apache.kafka.connect.cli.ConnectDistributed", properties)
			// For connectors that read it as ${env:DATABASE_PASSWORD}.
			cmd.Env = append(os.Environ(), "DATABASE_PASSWORD="+databasePassword)
			return cmd, nil
		},
		// Reports whether the worker joined its group and can serve (KIP-1017).
		ready: func(ctx context.Context) error { return answers(ctx, w.URL()+"/health") },
		stop:  syscall.SIGTERM,
	}
}

// answers requests a page from a worker.
func answers(ctx context.Context, page string) error {
	// The worker waits up to 10 s before it reports that it is unhealthy.
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, page, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", request.URL, answer.Status)
	}
	return nil
}
