package layout
import ("testing";"time")
func TestDbg(t *testing.T){
  c:=random("",10000,25000,0,1)
  t0:=time.Now()
  p:=prepare(&c.g,c.o)
  row:=p.rankMutual()
  t.Log("rank",time.Since(t0))
  for _,q:=range p.parts(row){ q.wrap(); if len(q.boxes)<100 {continue}; t0=time.Now(); n:=newNet(q); mx:=0; for _,r:=range n.rows{mx=max(mx,len(r))}; sum:=0; for _,i:=range q.links{l:=&q.link[i]; sum+=q.row[l.v]-q.row[l.u]}; t.Log("rows",len(n.rows),"v",len(n.v),"seg",len(n.seg),"widest",mx,"span",sum,time.Since(t0)) 
  t0=time.Now(); n.reduceCrossings(); t.Log("cross",time.Since(t0)); t0=time.Now(); x:=n.horizontal(); t.Log("x",time.Since(t0)); t0=time.Now(); n.ports(x);  t.Log("ports",time.Since(t0)) }
}
