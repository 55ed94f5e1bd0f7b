set -eu
jlink --add-modules java.base --output jre --strip-debug --no-man-pages --no-header-files
jlink --add-modules java.base,java.sql --output jresql --strip-debug --no-man-pages --no-header-files
# The archive of classes that other runtimes come with makes each start twice as quick.
jre/bin/java -Xshare:dump >/dev/null
jresql/bin/java -Xshare:dump >/dev/null
mkdir jre-libraries
libraries() { ldd "$@" | sed -n 's/.* => \(\/[^ ]*\).*/\1/p' | grep -v '/libj' | sort -u; }
cp $(libraries jre/bin/java jre/lib/server/libjvm.so jre/lib/libjimage.so) jre-libraries
mkdir -p src/app src/lib src/agent
cat >src/app/Main.java <<J
package app; public class Main { public static void main(String[] a) { System.out.println("up"); } }
J
cat >src/lib/Base.java <<J
package lib; public class Base { public String x() { return "x"; } }
J
cat >src/app/Child.java <<J
package app; public class Child extends lib.Base { public static void main(String[] a) { System.out.println("up"); } }
J
cat >src/app/Uses.java <<J
package app; public class Uses { public static void main(String[] a) { if (a.length > 5) System.out.println(new lib.Base().x()); } }
J
cat >src/app/Sql.java <<J
package app; public class Sql extends java.sql.SQLException { public static void main(String[] a) { System.out.println("up"); } }
J
cat >src/app/UsesSql.java <<J
package app; public class UsesSql { public static void main(String[] a) throws Exception { if (a.length > 5) java.sql.DriverManager.getConnection(""); } }
J
cat >src/agent/Agent.java <<J
package agent; public class Agent { public static void premain(String a) { } }
J
javac -d classes src/app/*.java src/lib/*.java src/agent/*.java
(cd classes && jar cfe ../app.jar app.Main app/Main.class)
(cd classes && jar cfe ../child.jar app.Child app/Child.class)
(cd classes && jar cf ../lib.jar lib)
(cd classes && jar cf ../plain.jar app)
printf 'Main-Class: app.Child\nClass-Path: lib/lib.jar\n' >m && (cd classes && jar cfm ../thin.jar ../m app/Child.class app/Main.class)
printf 'Main-Class: app.Main\nClass-Path: lib/lib.jar other/gone.jar\n' >m && (cd classes && jar cfm ../junk.jar ../m app/Main.class)
printf 'Main-Class: app.Gone\n' >m && (cd classes && jar cfm ../wrong.jar ../m app/Main.class)
printf 'Premain-Class: agent.Agent\n' >m && (cd classes && jar cfm ../agent.jar ../m agent)
(cat /bin/true app.jar) >prefixed.jar
printf 'Main-Class: app.Main\n' >m && (cd classes && jar cf0m ../stored.jar ../m app)
head -c 300 app.jar >cut.jar
echo hello >text.jar
