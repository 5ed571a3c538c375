"""Turn a folder of articles into feeds and share cards.

The whole program is one straight line::

    content/ --load--> Site --plan--> Artifacts --compare--> stale ones --render--> bytes --publish--> output/
     (disk)           frozen   pure     frozen       pure                 pure, anywhere      (disk)

``loading`` reads and ``publishing`` writes; everything between is frozen values and pure functions: no clock, no disk,
no network, no randomness, no logging, no environment.
"""
