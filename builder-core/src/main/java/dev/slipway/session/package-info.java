/**
 * One build behind {@link dev.slipway.ImageBuilder}: a {@link dev.slipway.BuildRequest} goes in, a
 * {@link dev.slipway.BuildResult} comes out. This package and its parts join the steps of the flow
 * and adapt their ports; they know every package, and beside the root none knows them. It is no
 * API, whatever is public.
 *
 * <p>{@link dev.slipway.session.BuildSession} is the flow as code, {@link
 * dev.slipway.session.SessionResources} what stays open meanwhile. What it asks goes to its parts,
 * which do not know it:
 *
 * <ul>
 *   <li>{@link dev.slipway.session.request}: what is asked for;
 *   <li>{@link dev.slipway.session.input}: what is read;
 *   <li>{@link dev.slipway.session.output}: what is written;
 *   <li>{@link dev.slipway.session.findings}: what is found, before the build and after it.
 * </ul>
 *
 * {@link dev.slipway.session.DockerfilePlanning} makes plans of a request and its inputs; {@link
 * dev.slipway.session.SharedCaches} are the caches of other machines, in registries and
 * directories, that steps are taken from and go to.
 */
@NullMarked
package dev.slipway.session;

import org.jspecify.annotations.NullMarked;
