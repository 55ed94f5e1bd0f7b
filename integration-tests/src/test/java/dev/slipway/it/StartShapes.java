package dev.slipway.it;

import static dev.slipway.it.StartRoots.command;

import dev.slipway.oci.ContainerConfig;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What shapes of images are made of: programs made with a compiler, each in a root of its own. */
abstract class StartShapes {
  private static final String PREPARE =
      """
      set -eu
      echo 'int answer(void) { return 42; }' >answer.c
      echo 'int other(void) { return 42; }' >other.c
      echo 'int answer(void); int main(void) { return answer() - 42; }' >asks.c
      echo 'int main(void) { return 0; }' >alone.c
      gcc -shared -fPIC -o libanswer.so -Wl,-soname,libanswer.so answer.c
      gcc -shared -fPIC -o libother.so -Wl,-soname,libanswer.so other.c
      gcc -o asks asks.c -L. -lanswer
      echo 'int answer(void); int main(int c, char **v) { return c > 1 ? answer() : 0; }' >later.c
      gcc -o later later.c -L. -lanswer -Wl,-z,lazy
      gcc -o asks-now asks.c -L. -lanswer -Wl,-z,now
      gcc -o asks-origin asks.c -L. -lanswer -Wl,-rpath,'$ORIGIN/../lib/answer'
      gcc -o asks-fixed asks.c -L. -lanswer -Wl,-rpath,/opt/answer
      gcc -static -o alone alone.c
      gcc -o plain alone.c
      musl-gcc -o musl-plain alone.c
      musl-gcc -shared -fPIC -o musl-libanswer.so -Wl,-soname,libanswer.so answer.c
      musl-gcc -shared -fPIC -o musl-libother.so -Wl,-soname,libanswer.so other.c
      musl-gcc -o musl-asks asks.c musl-libanswer.so
      musl-gcc -o musl-origin asks.c musl-libanswer.so -Wl,-rpath,'$ORIGIN/../lib'
      gcc -o relative-loader alone.c -Wl,--dynamic-linker=lib/ld.so
      echo 'int answer(void); int needs(void) { return answer(); }' >needs.c
      gcc -shared -fPIC -o libneeds.so needs.c -L. -lanswer
      gcc -shared -fPIC -o libthrough.so needs.c -L. -lanswer -Wl,-z,now
      echo 'int needs(void); int main(int c, char **v) { return c > 1 ? needs() : 0; }' >through.c
      gcc -o asks-through through.c -L. -lthrough -Wl,-rpath-link,.
      echo 'int gone(void) __attribute__((weak)); int main(void) { return gone ? gone() : 0; }' >weak.c
      gcc -o weak weak.c -Wl,-z,now
      """;

  @RegisterExtension static final Workspace WORKSPACE = new Workspace();

  static final String TOOLS =
      "mkdir -p bin sbin opt/bin usr/bin && cp $T/alone bin && cp /usr/bin/tini bin"
          + " && cp /usr/sbin/gosu bin && cp /bin/busybox bin && cp /usr/bin/env usr/bin"
          + " && for a in sh ls cat true; do ln -s busybox bin/$a; done && ";

  final StartRoots roots = new StartRoots(WORKSPACE);

  @BeforeEach
  void compile() {
    Machine.requireRoot();
    Machine.require("runc", "gcc", "musl-gcc", "busybox", "tini", "gosu", "setcap");
    Processes.command("sh", "-c", PREPARE).in(WORKSPACE.directory()).run().orFail();
  }

  final void judge(String what, String make, String... command) throws IOException {
    roots.judge(what, make, command(command));
  }

  final void judge(String what, String make, ContainerConfig.Builder container) throws IOException {
    roots.judge(what, make, container);
  }

  static String script(String name, String... lines) {
    return "printf '%s\\n' '" + String.join("' '", lines) + "' >" + name + " && chmod 755 " + name;
  }
}
