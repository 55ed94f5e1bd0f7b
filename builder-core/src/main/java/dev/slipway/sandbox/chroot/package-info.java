/**
 * The driver that isolates nothing: another root directory, and another user. Comes in: a root
 * filesystem that is a plain directory, and a process. Goes out: the process' exit code. It is for
 * root in a container that may not mount, and whose loss is no loss.
 */
@NullMarked
package dev.slipway.sandbox.chroot;

import org.jspecify.annotations.NullMarked;
