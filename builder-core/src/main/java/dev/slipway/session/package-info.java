/**
 * One build behind {@link dev.slipway.ImageBuilder}: a {@link dev.slipway.BuildRequest} goes in, a
 * {@link dev.slipway.BuildResult} comes out. This package joins the steps of the flow and adapts
 * their ports; it knows every package, and beside the root none knows it. It is no API.
 *
 * <ul>
 *   <li>{@link dev.slipway.session.BuildSession} is the flow as code; {@link
 *       dev.slipway.session.SessionResources} is what stays open meanwhile.
 *   <li>What is asked for: {@link dev.slipway.session.RequestedSettings}, {@link
 *       dev.slipway.session.RequestedPlans}, {@link dev.slipway.session.SessionInputs} (contexts
 *       and Dockerfile); {@link dev.slipway.session.DockerfilePlanning} turns it into plans.
 *   <li>What is read: {@link dev.slipway.session.ImageCatalog} (base images), {@link
 *       dev.slipway.session.NamedContextInputs}, {@link dev.slipway.session.RemoteFetcher} (http
 *       and git), {@link dev.slipway.session.BuildFiles}, which hands all of it to the executor.
 *   <li>What is found: {@link dev.slipway.session.DockerfileFindings} before the build, {@link
 *       dev.slipway.session.ImageFindings} after it.
 *   <li>What is written: {@link dev.slipway.session.ImageAssembly} makes images, {@link
 *       dev.slipway.session.Outputs} hands them to exporters.
 * </ul>
 */
@NullMarked
package dev.slipway.session;

import org.jspecify.annotations.NullMarked;
