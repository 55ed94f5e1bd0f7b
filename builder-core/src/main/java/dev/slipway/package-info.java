/**
 * What an embedder sees: a {@link dev.slipway.BuildRequest} goes into an {@link
 * dev.slipway.ImageBuilder}, a {@link dev.slipway.BuildResult} comes out. This package joins the
 * steps of the flow and adapts their ports; it knows every package and none knows it.
 *
 * <p>Behind the public types, from the request to the result:
 *
 * <ul>
 *   <li>{@link dev.slipway.BuildSession} is one build, the flow as code; {@link
 *       dev.slipway.SessionResources} is what stays open meanwhile.
 *   <li>What is asked for: {@link dev.slipway.RequestedSettings}, {@link
 *       dev.slipway.RequestedPlans}, {@link dev.slipway.SessionInputs} (contexts and Dockerfile);
 *       {@link dev.slipway.DockerfilePlanning} turns it into plans.
 *   <li>What is read: {@link dev.slipway.ImageCatalog} (base images), {@link
 *       dev.slipway.NamedContextInputs}, {@link dev.slipway.RemoteFetcher} (http and git), {@link
 *       dev.slipway.BuildFiles}, which hands all of it to the executor.
 *   <li>What is found: {@link dev.slipway.DockerfileFindings} before the build, {@link
 *       dev.slipway.ImageFindings} after it.
 *   <li>What is written: {@link dev.slipway.ImageAssembly} makes images, {@link
 *       dev.slipway.Outputs} hands them to exporters.
 * </ul>
 */
@NullMarked
package dev.slipway;

import org.jspecify.annotations.NullMarked;
