package cluster

import (
	"context"
	"errors"
	"sync"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// plugins is the list of installed plugins, requested once: workers don't install
// any while Terraform runs. It also remembers that no worker answers: a thousand
// connectors would each wait for it again. It remembers no other failures.
type plugins struct {
	mu         sync.Mutex
	list       []kafkaconnect.Plugin
	noAnswer   error
	ofAllTypes []kafkaconnect.Plugin // converters and so on, requested when one is missing
}

// Plugins returns the cluster's connector plugins, in all installed versions.
func (c *Cluster) Plugins(ctx context.Context) ([]kafkaconnect.Plugin, error) {
	c.plugins.mu.Lock()
	defer c.plugins.mu.Unlock()
	if c.plugins.list != nil || c.plugins.noAnswer != nil {
		return c.plugins.list, c.plugins.noAnswer
	}
	list, err := c.Client.Plugins(ctx)
	switch {
	case err == nil:
		c.plugins.list = list
	case ctx.Err() == nil && (errors.Is(err, kafkaconnect.ErrTimedOut) || errors.Is(err, kafkaconnect.ErrUnreachable)):
		c.plugins.noAnswer = err
	}
	return list, err
}

// Installed returns the cluster's versions of a connector class, newest last.
// An alias of the class counts as the class.
func (c *Cluster) Installed(ctx context.Context, class string) ([]string, error) {
	list, err := c.Plugins(ctx)
	if err != nil {
		return nil, err
	}
	kind := catalog.KindOfClass(class)
	var versions []string
	var newest catalog.Version
	for _, p := range list {
		if p.Class != class && (kind == nil || p.Class != kind.Class) {
			continue
		}
		v, err := catalog.ParseVersion(p.Version)
		if err == nil && newest.Less(v) {
			newest = v
			versions = append(versions, p.Version)
		} else {
			versions = append([]string{p.Version}, versions...)
		}
	}
	return versions, nil
}
