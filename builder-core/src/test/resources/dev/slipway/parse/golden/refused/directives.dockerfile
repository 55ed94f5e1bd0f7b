# escape=\
# escape=`
# check=x
# check=y
FROM a
