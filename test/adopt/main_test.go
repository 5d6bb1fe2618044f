package adopt_test

import (
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m, acctest.OnStackAtATime) }
