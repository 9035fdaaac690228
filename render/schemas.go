package render

import _ "embed"

//go:embed schema_report.json
var reportSchema []byte

//go:embed schema_comparison.json
var comparisonSchema []byte

//go:embed schema_findings.json
var findingsSchema []byte

// ReportSchema is the JSON Schema of the JSON of analyze.
func ReportSchema() []byte { return reportSchema }

// ComparisonSchema is the JSON Schema of the JSON of compare.
func ComparisonSchema() []byte { return comparisonSchema }

// FindingsJSONSchema is the JSON Schema of the JSON of findings.
func FindingsJSONSchema() []byte { return findingsSchema }
