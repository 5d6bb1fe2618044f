package connector_test

import (
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestAdviceNamesTheAttribute where config isn't the place for the property.
func TestAdviceNamesTheAttribute(t *testing.T) {
	for _, c := range []struct {
		resource, wrong, value, want string
	}{
		{typedPostgres, "column.exclude.lst", "public.a.b", "Set the attribute column_exclude_list in place of column.exclude.lst."},
		{typedPostgres, "poll.intervall.ms", "5", "Set poll.interval.ms in place of poll.intervall.ms."},
		{typedPostgres, "max.batch.sizee", "${file:/a:b}", "Set max.batch.size in place of max.batch.sizee."},
		{anyConnector, "column.exclude.lst", "public.a.b", "Set column.exclude.list in place of column.exclude.lst."},
	} {
		t.Run(c.resource+" "+c.wrong, func(t *testing.T) {
			kind := catalog.KindByName("postgres")
			config := catalogtest.Minimal("postgres").With(properties{c.wrong: c.value})
			block := acctest.Connector(kind, "orders", config)
			if c.resource == anyConnector {
				block = acctest.AnyConnector(kind, "orders", config)
			}
			walk := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": connecttest.New(t).URL})
			if diags := walk.PlanNew(t.Context(), c.resource, block); !diags.Mention(c.want) {
				t.Errorf("want %q, got %v", c.want, diags)
			}
		})
	}
}
