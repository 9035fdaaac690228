// Package budget holds an architecture to the limits that its file sets: every
// metric can have one, for the system, each service, team or journey. What goes
// past its limit is a finding at the limit's own place in the file.
package budget
