from a as Base
Run echo one
copy x y
