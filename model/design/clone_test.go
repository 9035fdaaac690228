package design

import (
	"reflect"
	"testing"

	"github.com/taut-dev/taut/model"
)

// fill puts something into every field, so that a field that Clone forgets to
// copy is shared and shows.
func fill(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Pointer:
		if depth > 12 {
			return // nodes hold nodes
		}
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), depth+1)
	case reflect.Slice:
		if depth > 12 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), depth+1)
		}
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(3)
	case reflect.Uint8:
		v.SetUint(1)
	case reflect.Float64:
		v.SetFloat(0.5)
	default:
		panic("a kind of field that this test does not know: " + v.Kind().String())
	}
}

// shared finds a pointer or slice that two values have in common.
func shared(a, b reflect.Value, path string) string {
	switch a.Kind() {
	case reflect.Pointer:
		if a.IsNil() {
			return ""
		}
		if a.Pointer() == b.Pointer() {
			return path
		}
		return shared(a.Elem(), b.Elem(), path)
	case reflect.Slice:
		if a.Len() > 0 && a.Pointer() == b.Pointer() {
			return path
		}
		for i := range a.Len() {
			if p := shared(a.Index(i), b.Index(i), path+"[]"); p != "" {
				return p
			}
		}
	case reflect.Struct:
		for i := range a.NumField() {
			if p := shared(a.Field(i), b.Field(i), path+"."+a.Type().Field(i).Name); p != "" {
				return p
			}
		}
	}
	return ""
}

func TestCloneIsDeep(t *testing.T) {
	var s model.System
	fill(reflect.ValueOf(&s).Elem(), 0)
	c := Clone(&s)
	if !reflect.DeepEqual(&s, c) {
		t.Error("the copy differs")
	}
	if p := shared(reflect.ValueOf(s), reflect.ValueOf(*c), "System"); p != "" {
		t.Error("shared:", p)
	}
}

func TestCloneOfNothing(t *testing.T) {
	if c := Clone(&model.System{}); !reflect.DeepEqual(c, &model.System{}) {
		t.Errorf("%+v", c)
	}
}
