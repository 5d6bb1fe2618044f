package translate

import "github.com/cdc/terraform-provider-debezium/internal/catalog"

// The attributes that every connector resource has besides those for its kind's
// properties.
const (
	AttrName            = "name"
	AttrClass           = "connector_class"
	AttrConfig          = "config"
	AttrConfigWO        = "config_wo"
	AttrConfigWOVersion = "config_wo_version"
	AttrState           = "state"
	AttrStatus          = "status"
	AttrVersion         = "version"
	AttrWait            = "wait_for_state"
	AttrRestartFailed   = "restart_failed"
	AttrTriggers        = "restart_triggers"
	AttrOffsets         = "initial_offsets"
	AttrReset           = "reset_offsets_on_destroy"
	AttrTimeouts        = "timeouts"

	suffixWO        = "_wo"
	suffixWOVersion = "_wo_version"
)

// The desired states of a connector, as users write them.
const (
	DesiredRunning = "running"
	DesiredPaused  = "paused"
	DesiredStopped = "stopped"
)

// WriteOnlyName is the name of a secret attribute's write-only twin.
func WriteOnlyName(a *catalog.Attribute) string { return a.Name + suffixWO }

// VersionName is the name of the attribute whose change resends the write-only
// twin.
func VersionName(a *catalog.Attribute) string { return a.Name + suffixWOVersion }

// TypeName is the resource's type in HCL; nil means a connector of any class.
func TypeName(kind *catalog.Kind) string {
	if kind == nil {
		return "debezium_connector"
	}
	return "debezium_" + kind.Name + "_connector"
}
