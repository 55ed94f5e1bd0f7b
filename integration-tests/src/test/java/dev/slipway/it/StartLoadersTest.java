package dev.slipway.it;

import static dev.slipway.it.StartRoots.command;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Loaders, and the symbols that they look up. Each is made, judged by the start check, and run with
 * runc.
 */
class StartLoadersTest extends StartShapes {
  @Test
  void loaders() throws IOException {
    String musl = "rm -r lib64 && cp /lib/ld-musl-x86_64.so.1 lib && mkdir -p opt/bin opt/lib && ";
    judge(
        "musl, $ORIGIN",
        musl + "cp $T/musl-origin opt/bin && cp $T/musl-libanswer.so opt/lib/libanswer.so",
        "/opt/bin/musl-origin");
    judge(
        "musl, $ORIGIN through a link",
        musl
            + "cp $T/musl-origin opt/bin && cp $T/musl-libanswer.so opt/lib/libanswer.so"
            + " && ln -s opt/bin/musl-origin a",
        "/a");
    judge(
        "musl, $ORIGIN, setuid",
        musl
            + "cp $T/musl-origin opt/bin && cp $T/musl-libanswer.so opt/lib/libanswer.so"
            + " && chmod 4755 opt/bin/musl-origin",
        command("/opt/bin/musl-origin").user("1000"));
    judge(
        "musl, LD_PRELOAD gives the symbol",
        musl
            + "cp $T/musl-asks asks && cp $T/musl-libother.so lib/libanswer.so"
            + " && cp $T/musl-libanswer.so opt/lib/p.so",
        command("/asks").env(List.of("LD_PRELOAD=/opt/lib/p.so")));
    judge(
        "loader by a relative name",
        "cp $T/relative-loader . && cp lib64/ld-linux-x86-64.so.2 lib/ld.so",
        command("/relative-loader"));
    judge(
        "loader by a relative name, elsewhere",
        "cp $T/relative-loader . && mkdir w && cp lib64/ld-linux-x86-64.so.2 lib/ld.so",
        command("/relative-loader").workingDir("/w"));
    judge(
        "LD_PRELOAD that needs what is not there",
        "cp $T/plain . && cp $T/libneeds.so lib",
        command("/plain").env(List.of("LD_PRELOAD=/lib/libneeds.so")));
    judge(
        "LD_PRELOAD that needs what is there",
        "cp $T/plain . && cp $T/libneeds.so $T/libanswer.so lib/x86_64-linux-gnu",
        command("/plain").env(List.of("LD_PRELOAD=libneeds.so")));
    judge(
        "LD_LIBRARY_PATH by semicolons",
        "mkdir opt && cp $T/asks . && cp $T/libanswer.so opt",
        command("/asks").env(List.of("LD_LIBRARY_PATH=/gone;/opt")));
    judge(
        "a library that asks at once for what is not there",
        "cp $T/asks-through . && cp $T/libthrough.so lib/x86_64-linux-gnu"
            + " && cp $T/libother.so lib/x86_64-linux-gnu/libanswer.so",
        "/asks-through");
    judge(
        "a library that asks at once for what is there",
        "cp $T/asks-through . && cp $T/libthrough.so $T/libanswer.so lib/x86_64-linux-gnu",
        "/asks-through");
    judge("a weak symbol that is not there", "cp $T/weak .", "/weak");
    roots.finish();
  }

  @Test
  void symbols() throws IOException {
    String musl = "rm -r lib64 && cp $T/musl-asks asks && cp /lib/ld-musl-x86_64.so.1 lib && ";
    judge("musl, symbol there", musl + "cp $T/musl-libanswer.so lib/libanswer.so", "/asks");
    judge("musl, symbol not there", musl + "cp $T/musl-libother.so lib/libanswer.so", "/asks");
    judge(
        "glibc, symbol not there, not asked for at once",
        "mkdir -p usr/lib && cp $T/later . && cp $T/libother.so usr/lib/libanswer.so",
        "/later");
    judge(
        "glibc, symbol not there, at once",
        "mkdir -p usr/lib && cp $T/asks-now . && cp $T/libother.so usr/lib/libanswer.so",
        "/asks-now");
    String link =
        "rm -r lib64 && mkdir lib64 && cp /lib/ld-musl-x86_64.so.1 lib"
            + " && ln -s /lib/ld-musl-x86_64.so.1 lib64/ld-linux-x86-64.so.2"
            + " && rm -r lib/x86_64-linux-gnu && ";
    judge("glibc's program by musl's loader", link + "cp $T/plain .", "/plain");
    judge(
        "glibc's program by musl's loader, library",
        link + "cp $T/asks . && cp $T/musl-libanswer.so lib/libanswer.so",
        "/asks");
    judge("glibc's program by musl's loader, no library", link + "cp $T/asks . && true", "/asks");
    judge(
        "musl's program by a link to the loader",
        "rm -r lib64 && mkdir opt && cp $T/musl-plain . && cp /lib/ld-musl-x86_64.so.1 opt/musl"
            + " && ln -s /opt/musl lib/ld-musl-x86_64.so.1",
        "/musl-plain");
    roots.finish();
  }
}
