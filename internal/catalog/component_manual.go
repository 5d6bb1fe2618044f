package catalog

// Types of components of Debezium's own that are no plugins of Kafka Connect,
// so that no worker tells of them: the classes behind NAME.type of a name in
// "converters" and in "post.processors".
const (
	CustomConverter = "custom_converter"
	PostProcessor   = "post_processor"
)

// manualComponents are those that Debezium brings along, from their sources.
var manualComponents = []struct {
	componentType string
	classes       []string
	options       []Definition
}{
	{CustomConverter, in("io.debezium.connector.mysql.converters.TinyIntOneToBooleanConverter",
		"io.debezium.connector.binlog.converters.TinyIntOneToBooleanConverter"), []Definition{
		{Name: "selector", Type: String},
		{Name: "length.checker", Type: Boolean, Default: text("true")},
	}},
	{CustomConverter, in("io.debezium.connector.mysql.converters.JdbcSinkDataTypesConverter",
		"io.debezium.connector.binlog.converters.JdbcSinkDataTypesConverter"), []Definition{
		{Name: "selector.boolean", Type: String},
		{Name: "selector.real", Type: String},
		{Name: "selector.string", Type: String},
		{Name: "treat.real.as.double", Type: Boolean, Default: text("true")},
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
		{Name: "reselect.unavailable.values", Type: Boolean, Default: text("true")},
		{Name: "reselect.null.values", Type: Boolean, Default: text("true")},
		{Name: "reselect.use.event.key", Type: Boolean, Default: text("false")},
		{Name: "reselect.error.handling.mode", Type: String, Default: text("warn"), Values: values("fail", "warn")},
	}},
}

// addManual adds the hand-written components. What they read is said of all
// versions that have them: an option that is too new for one is missed.
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
