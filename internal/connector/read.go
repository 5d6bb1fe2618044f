package connector

import (
	"context"
	"errors"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// Read brings state to what the cluster says, from the listing that all
// resources share.
func (r *connectorResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	prior, err := objectOf(req.State.Raw)
	if err != nil {
		resp.Diagnostics.AddError("Unreadable state", err.Error())
		return
	}
	name := prior.text(attrName)
	if r.cluster == nil || r.cluster.Client == nil {
		if r.cluster == nil || r.cluster.First("read without a URL") {
			resp.Diagnostics.AddError("The provider's url isn't known yet", unknownURLText)
		}
		return
	}
	m, diags := recall(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, r.cluster.Timing.Rebalance)
	defer cancel()
	info, status, err := r.find(ctx, name)
	if err != nil {
		r.readFailed(resp, name, err)
		return
	}
	if info == nil {
		resp.State.RemoveResource(ctx)
		return
	}
	if problem := r.classProblem(name, info.Config[keyClass]); problem != "" {
		resp.Diagnostics.AddError("The connector is of another kind", r.redact(problem))
		return
	}
	o := r.observe(prior, *info, status, &m)
	m.Disputed = r.warnFailed(ctx, &resp.Diagnostics, o, status)
	r.cluster.Refreshed(name)
	resp.State.Raw = o.value(resp.State.Schema.Type().TerraformType(ctx))
	resp.Diagnostics.Append(m.store(ctx, resp.Private)...)
}

// find looks a connector up in the listing that all resources share; a nil
// Info says that it is gone. A connector that the listing lacks is asked for
// by name before it counts as gone: the listing leaves out those whose status
// hasn't arrived yet (seen on Kafka Connect 4.3.1).
func (r *connectorResource) find(ctx context.Context, name string) (*kafkaconnect.Info, *kafkaconnect.Status, error) {
	found, ok, err := r.cluster.View.Connector(ctx, name)
	if err != nil || ok && found.Info != nil {
		return found.Info, found.Status, err
	}
	info, err := r.cluster.Client.Connector(ctx, name)
	if errors.Is(err, kafkaconnect.ErrNotFound) {
		return nil, nil, nil
	}
	return info, found.Status, err
}

const unknownURLText = "Connectors that already exist can't be read before the URL of Kafka Connect is known. " +
	"Apply what the url depends on first (terraform apply -target=…), or set DEBEZIUM_CONNECT_URL."

// readFailed reports a listing that failed. All resources read the same one,
// so that a fault of the cluster is one error, not one for each connector.
func (r *connectorResource) readFailed(resp *resource.ReadResponse, name string, err error) {
	of := "each connector"
	for _, kind := range []error{kafkaconnect.ErrUnreachable, kafkaconnect.ErrUnauthorized, kafkaconnect.ErrTimedOut, kafkaconnect.ErrRebalancing} {
		if errors.Is(err, kind) {
			if !r.cluster.First("read: " + kind.Error()) {
				return
			}
			cluster.AddRequestError(&resp.Diagnostics, "read", of, err)
			return
		}
	}
	cluster.AddRequestError(&resp.Diagnostics, "read", quoted(name), err)
}

// observe makes the object that state should hold, from what it held and what
// the server has. It updates the memory of texts.
func (r *connectorResource) observe(prior object, info kafkaconnect.Info, status *kafkaconnect.Status, m *memory) object {
	before := settingsOf(r.kind, prior, m.Texts)
	shown := r.shown(before, info.Config, *m)
	p := decodeConfig(r.kind, shown)
	changes := object{attrName: stringValue(info.Name), attrConfig: observedConfig(prior, p.config)}
	if r.kind == nil {
		changes[attrClass] = stringValue(info.Config[keyClass])
	} else {
		for _, a := range r.kind.Attributes() {
			changes[a.Name] = observedAttribute(a, prior, before, p)
		}
	}
	if info.Name == "" {
		delete(changes, attrName)
	}
	for name, v := range observedState(prior, status) {
		changes[name] = v
	}
	m.Texts = p.texts
	return prior.with(changes)
}

// shown is the part of the server's configuration that state may show: without
// the connector's own keys, what the server added, what was sent write-only,
// and secrets that the resource doesn't mention. A mask stands for the value
// that state has.
func (r *connectorResource) shown(before settings, server kafkaconnect.Config, m memory) kafkaconnect.Config {
	shown := make(kafkaconnect.Config, len(server))
	for property, text := range server {
		if property == keyName || property == keyClass {
			continue
		}
		ours, mentioned := before.values[property]
		if !mentioned && (slices.Contains(m.ServerKeys, property) || slices.Contains(m.WriteOnly, property) ||
			hidden(r.kind, property, text) || catalog.IsMask(text)) {
			continue
		}
		if mentioned && catalog.IsMask(text) {
			text = ours
		}
		shown[property] = text
	}
	return shown
}

// observedAttribute keeps the prior value where the server's text means the
// same, since decoding chooses one of several spellings.
func observedAttribute(a *catalog.Attribute, prior object, before settings, p properties) tftypes.Value {
	v, ok := p.attributes[a.Name]
	if !ok {
		return tftypes.NewValue(attributeType(a.Type), nil)
	}
	now, _ := encode(a.Type, v)
	if ours, ok := before.values[a.Property]; ok && !before.mapped[a.Property] && catalog.SameMeaning(ours, now, a.Type) {
		return prior[a.Name]
	}
	return v
}

// observedConfig keeps null elements of keys that the server doesn't have:
// they are wishes that came true, not drift.
func observedConfig(prior object, config map[string]string) tftypes.Value {
	elements := map[string]tftypes.Value{}
	for property, v := range prior.entries(attrConfig) {
		if _, ok := config[property]; v.IsNull() && !ok {
			elements[property] = v
		}
	}
	for property, text := range config {
		elements[property] = stringValue(text)
	}
	if len(elements) == 0 {
		return tftypes.NewValue(configType, nil)
	}
	return tftypes.NewValue(configType, elements)
}
