package catalog

// Types of Debezium components that aren't Kafka Connect plugins, so no worker
// lists them: the classes in NAME.type for a name in "converters" or
// "post.processors".
const (
	CustomConverter = "custom_converter"
	PostProcessor   = "post_processor"
)

// manualComponents are the ones Debezium ships, from its sources.
var manualComponents = []struct {
	componentType string
	classes       []string
	options       []Definition
}{
	{CustomConverter, in("io.debezium.connector.mysql.converters.TinyIntOneToBooleanConverter",
		"io.debezium.connector.binlog.converters.TinyIntOneToBooleanConverter"), []Definition{
		{Name: "selector", Type: String},
		{Name: "length.checker", Type: Boolean, Default: new("true")},
	}},
	{CustomConverter, in("io.debezium.connector.mysql.converters.JdbcSinkDataTypesConverter",
		"io.debezium.connector.binlog.converters.JdbcSinkDataTypesConverter"), []Definition{
		{Name: "selector.boolean", Type: String},
		{Name: "selector.real", Type: String},
		{Name: "selector.string", Type: String},
		{Name: "treat.real.as.double", Type: Boolean, Default: new("true")},
	}},
	{CustomConverter, in("io.debezium.connector.binlog.converters.ZeroDateFallbackConverter"), []Definition{
		{Name: "selector", Type: String},
		{Name: "target.types", Type: String},
		{Name: "fallback.date", Type: String},
		{Name: "fallback.datetime", Type: String},
		{Name: "fallback.timestamp", Type: String},
	}},
	{CustomConverter, in("io.debezium.connector.oracle.converters.NumberOneToBooleanConverter",
		"io.debezium.connector.oracle.converters.RawToStringConverter"), []Definition{
		{Name: "selector", Type: String},
	}},
	{CustomConverter, in("io.debezium.connector.oracle.converters.NumberToZeroScaleConverter"), []Definition{
		{Name: "decimal.mode", Type: String},
	}},
	{PostProcessor, in("io.debezium.processors.reselect.ReselectColumnsPostProcessor"), []Definition{
		{Name: "reselect.columns.include.list", Type: List},
		{Name: "reselect.columns.exclude.list", Type: List},
		{Name: "reselect.unavailable.values", Type: Boolean, Default: new("true")},
		{Name: "reselect.null.values", Type: Boolean, Default: new("true")},
		{Name: "reselect.use.event.key", Type: Boolean, Default: new("false")},
		{Name: "reselect.error.handling.mode", Type: String, Default: new("warn"), Values: values("fail", "warn")},
	}},
}

// addManual adds the hand-written components. Their options are assumed for all
// versions that have the component: an option too new for one is missed.
func addManual(byClass map[string][]*Component) {
	for _, m := range manualComponents {
		for _, class := range m.classes {
			rows := make([]*Definition, 0, len(m.options))
			for _, d := range m.options {
				rows = append(rows, &d)
			}
			byClass[class] = append(byClass[class], &Component{
				Type: m.componentType, Class: class,
				properties: newProperties([]Version{since("1.9.8.Final")}, rows),
			})
		}
	}
}
