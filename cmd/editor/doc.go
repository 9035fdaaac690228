// Package editor is a language server for architecture files: what an editor
// shows while a file is written, over the Language Server Protocol 3.17
// (Microsoft, 2022). It answers from three sources: the tables of the language,
// the words of the file as it is now (whole or half written), and the last
// version of the system that could be read. It opens no files itself.
package editor
