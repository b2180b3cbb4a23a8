import sys,time,resource
from pathlib import Path
from grader import store, rubric
from grader.classroom import classroom
from grader.checking.source import read
from grader.exports.pages.dashboard import *
root=Path(sys.argv[1]); site=Path(sys.argv[2]); lang=sys.argv[3]; site.mkdir(parents=True,exist_ok=True)
cl=[]
for d in sorted(p for p in root.iterdir() if p.is_dir() and not p.name.startswith('.')):
    def reps():
        for s in sorted(x.name for x in d.iterdir() if x.is_dir()):
            r=store.read_report(root,d.name,s)
            if r: yield r
    t=time.process_time(); f=classroom(d.name,reps()); t1=time.process_time()
    try:
        c=read(Path("assignments")/d.name); a=c.assignment
        w=Wording(title=a.title.text(lang),items={i.id:i.title.text(lang) for i in a.items},misconceptions={m.name:Believing(diagnosis=m.diagnosis[lang],hint=m.hint[lang]) for m in c.misconceptions})
    except Exception as e: print(e); w=Wording(title=d.name)
    t2=time.process_time(); html=class_page(f,w,lang); t3=time.process_time()
    (site/class_file(d.name)).write_text(html,encoding="utf-8")
    print(d.name,len(f.rows),"read+figures %.2f s, page %.2f s, %d kB"%(t1-t,t3-t2,len(html)//1000))
    cl.append((f,w))
(site/OVERVIEW).write_text(overview_page(cl,lang),encoding="utf-8")
print("maxrss",resource.getrusage(resource.RUSAGE_SELF).ru_maxrss//1024,"MiB")
