package rules

import (
	"fmt"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

var taskRules = []rule{
	{
		id:         "one-task",
		title:      "`tasks.max` is 1 where more leave the connector without any task.",
		harm:       Fails,
		properties: []string{"tasks.max"},
		kinds:      func(k *catalog.Kind) bool { return k.OneTaskOnly },
		source:     "Debezium 3.6 taskConfigs of each connector (\"Only a single connector task may be started\")",
		check:      checkOneTask,

		showsRunning: true,
	},
	{
		id:         "offset-storage-per-task",
		title:      "`tasks.max` is 1 unless each task keeps its own offsets (`vitess.offset.storage.per.task`).",
		harm:       Refused,
		properties: []string{"tasks.max", "vitess.offset.storage.per.task"},
		kinds:      kinds("vitess"),
		source:     "Debezium 3.6 VitessConnectorConfig; seen with 3.5.0",
		check:      checkOffsetStoragePerTask,
	},
	{
		id:         "ignored-tasks",
		title:      "`tasks.max` is 1 where the connector runs one task anyway.",
		harm:       Ignored,
		properties: []string{"tasks.max"},
		kinds:      func(k *catalog.Kind) bool { return !k.OneTaskOnly && !k.MultiTask },
		source:     "Debezium 3.6 taskConfigs of each connector",
		check:      checkIgnoredTasks,
	},
}

func (v *evaluation) tasks() int64 {
	text, _ := v.known("tasks.max")
	n, _ := catalog.ParseInt(text, catalog.Int)
	return n
}

func checkOneTask(v *evaluation) {
	if v.tasks() <= 1 {
		return
	}
	v.add("tasks.max", fmt.Sprintf("tasks.max must be 1 for %s connectors", v.Kind.Title), fmt.Sprintf(
		"tasks.max is %d, but this connector only ever runs a single task. With a higher value, the worker shows it as RUNNING without any task: "+
			"nothing is captured, and only the worker's log shows why. Remove tasks.max, or set it to 1.", v.tasks()))
}

func checkOffsetStoragePerTask(v *evaluation) {
	const perTask = "vitess.offset.storage.per.task"
	if v.tasks() <= 1 || v.isUnknown(perTask) || v.is(perTask, "true") || !v.isSet(perTask) && v.Partial {
		return
	}
	v.add("tasks.max", "tasks.max must be 1 without "+perTask, fmt.Sprintf(
		"tasks.max is %d, and the tasks would share their offsets: Debezium rejects the configuration. Set tasks.max to 1, or let each task keep its own offsets with %s = true.", v.tasks(), perTask))
}

func checkIgnoredTasks(v *evaluation) {
	if v.tasks() > 1 {
		v.add("tasks.max", "tasks.max has no effect above 1", fmt.Sprintf(
			"tasks.max is %d, but %s connectors always run one task. Remove tasks.max, or set it to 1.", v.tasks(), v.Kind.Title))
	}
}
