package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// NewCountedServer is a server that counts what it leaves to the framework, by
// the name of the call. It is for one goroutine.
func NewCountedServer(version string, calls map[string]int) tfprotov6.ProviderServer {
	p := newProvider(version, nil)
	return &server{frameworkServer: counted{providerserver.NewProtocol6(p)().(frameworkServer), calls}, provider: p}
}

type counted struct {
	frameworkServer
	calls map[string]int
}

func (c counted) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	c.calls["validate"]++
	return c.frameworkServer.ValidateResourceConfig(ctx, req)
}

func (c counted) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	c.calls["upgrade"]++
	return c.frameworkServer.UpgradeResourceState(ctx, req)
}

func (c counted) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	c.calls["read"]++
	return c.frameworkServer.ReadResource(ctx, req)
}

func (c counted) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	c.calls["plan"]++
	return c.frameworkServer.PlanResourceChange(ctx, req)
}
