package editor

import "github.com/taut-dev/taut/model"

// The parts of the protocol that are spoken here, named as it names them.

// position counts lines from 0 and, on a line, UTF-16 code units from 0.
type position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// span is a range: from a position to just before another.
type span struct {
	Start position `json:"start"`
	End   position `json:"end"`
}

type place struct {
	URI   string `json:"uri"`
	Range span   `json:"range"`
}

type relatedInfo struct {
	Location place  `json:"location"`
	Message  string `json:"message"`
}

type diagnostic struct {
	Range    span          `json:"range"`
	Severity int           `json:"severity"`
	Code     string        `json:"code"`
	Source   string        `json:"source"`
	Message  string        `json:"message"`
	Related  []relatedInfo `json:"relatedInformation,omitempty"`
}

type textEdit struct {
	Range   span   `json:"range"`
	NewText string `json:"newText"`
}

type workspaceEdit struct {
	Changes map[string][]textEdit `json:"changes"`
}

type codeAction struct {
	Title       string        `json:"title"`
	Kind        string        `json:"kind"`
	Diagnostics []diagnostic  `json:"diagnostics"`
	Preferred   bool          `json:"isPreferred"`
	Edit        workspaceEdit `json:"edit"`
}

type markup struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

type hover struct {
	Contents markup `json:"contents"`
	Range    span   `json:"range"`
}

type completionItem struct {
	Label         string    `json:"label"`
	Kind          int       `json:"kind"`
	Detail        string    `json:"detail,omitempty"`
	Documentation *markup   `json:"documentation,omitempty"`
	SortText      string    `json:"sortText"`
	FilterText    string    `json:"filterText,omitempty"`
	TextEdit      *textEdit `json:"textEdit,omitempty"`
}

type completionList struct {
	Incomplete bool             `json:"isIncomplete"`
	Items      []completionItem `json:"items"`
}

type documentSymbol struct {
	Name      string           `json:"name"`
	Detail    string           `json:"detail,omitempty"`
	Kind      int              `json:"kind"`
	Range     span             `json:"range"`
	Selection span             `json:"selectionRange"`
	Children  []documentSymbol `json:"children,omitempty"`
}

// Numbers of the protocol.
const (
	kindProperty  = 10 // of completion items
	kindEnum      = 20
	kindReference = 18

	symbolNamespace = 3
	symbolObject    = 19
	symbolProperty  = 7
)

// severityNumber is how the protocol counts severities: errors are 1.
func severityNumber(s model.Severity) int {
	switch s {
	case model.Error:
		return 1
	case model.Warning:
		return 2
	}
	return 3
}

// textDocument names a document in requests.
type textDocument struct {
	URI string `json:"uri"`
}

// positionParams ask about a place.
type positionParams struct {
	TextDocument textDocument `json:"textDocument"`
	Position     position     `json:"position"`
	NewName      string       `json:"newName"` // of a rename
}

// rangeParams ask about a range.
type rangeParams struct {
	TextDocument textDocument `json:"textDocument"`
	Range        span         `json:"range"`
}

// openParams, changeParams and closeParams keep the server's copy of a document.
type openParams struct {
	TextDocument struct {
		URI  string `json:"uri"`
		Text string `json:"text"`
	} `json:"textDocument"`
}

type changeParams struct {
	TextDocument   textDocument `json:"textDocument"`
	ContentChanges []struct {
		Range *span  `json:"range"`
		Text  string `json:"text"`
	} `json:"contentChanges"`
}

type closeParams struct {
	TextDocument textDocument `json:"textDocument"`
}

type initializeParams struct {
	RootURI          string `json:"rootUri"`
	WorkspaceFolders []struct {
		URI string `json:"uri"`
	} `json:"workspaceFolders"`
}
