# escape=|
FROM a
