/**
 * A container runtime in memory, behind the interface that a real one has.
 *
 * It belongs to one kubelet process: a call that waits when the process dies
 * never comes back. The containers go on; they belong to the machine.
 *
 * @differs nothing runs: a container is a state and a script
 */
import type { Milliseconds } from '../../sim/clock.ts';
import type { Sim } from '../../sim/sim.ts';
import type { UID } from '../api/v1.ts';
import type {
  ContainerConfig,
  CriContainer,
  CriContainerStatus,
  CriPodSandboxStatus,
  ImageManagerService,
  PodSandbox,
  PodSandboxConfig,
  RuntimeService,
  RuntimeStatus,
} from '../apis/cri/services.ts';
import type { Container, ContainerMachine, Sandbox } from './machine.ts';

const defaultSandboxTakes: Milliseconds = 300;
const defaultStartTakes: Milliseconds = 100;

export class CRI implements RuntimeService, ImageManagerService {
  readonly #sim: Sim;
  readonly #machine: ContainerMachine;

  constructor(process: Sim, machine: ContainerMachine) {
    this.#sim = process;
    this.#machine = machine;
  }

  async status(): Promise<RuntimeStatus> {
    await this.#begin('status', '');
    const { networkReady } = this.#machine;
    const reason = networkReady ? '' : 'NetworkPluginNotReady';
    return { runtimeReady: true, networkReady, reason };
  }

  /**
   * @story as {config.metadata.uid}
   * @story The runtime sets up sandbox `{id}`, the pod's own network and namespaces.
   */
  runPodSandbox(config: PodSandboxConfig): Promise<string> {
    const id = `s${this.#sim.count('sandbox')}`;
    return this.#setUp(id, config);
  }

  /**
   * @story as {id}
   * @story returns: After {took} sandbox `{id}` is ready and has an address, which becomes the pod's.
   */
  async #setUp(id: string, config: PodSandboxConfig): Promise<string> {
    await this.#begin('runPodSandbox', config.metadata.uid);
    const { sandboxTakes = defaultSandboxTakes } = this.#machine.script;
    await this.#wait(sandboxTakes);
    this.#machine.addSandbox(config, id);
    return id;
  }

  /**
   * @story as {podSandboxID}
   * @story Sandbox `{podSandboxID}` is stopped, and with it whatever still runs in it.
   */
  async stopPodSandbox(podSandboxID: string): Promise<void> {
    await this.#begin('stopPodSandbox', podSandboxID);
    this.#machine.killSandbox(podSandboxID);
  }

  /**
   * @story as {podSandboxID}
   * @story The runtime removes sandbox `{podSandboxID}`.
   */
  async removePodSandbox(podSandboxID: string): Promise<void> {
    await this.#begin('removePodSandbox', podSandboxID);
    this.#machine.killSandbox(podSandboxID);
    this.#machine.removeSandbox(podSandboxID);
  }

  async podSandboxStatus(podSandboxID: string): Promise<CriPodSandboxStatus> {
    await this.#begin('podSandboxStatus', podSandboxID);
    return { ...this.#sandbox(podSandboxID) };
  }

  async listPodSandbox(podUID?: UID): Promise<PodSandbox[]> {
    await this.#begin('listPodSandbox', podUID ?? '');
    return this.#machine.sandboxesOf(podUID).map((sandbox) => ({ ...sandbox }));
  }

  /**
   * @story as {config.name}
   * @story Inside sandbox `{podSandboxID}` the runtime creates container `{id}` for `{config.name}`, with restart count {config.attempt}.
   */
  createContainer(
    podSandboxID: string,
    config: ContainerConfig,
    _sandboxConfig: PodSandboxConfig,
  ): Promise<string> {
    const id = `c${this.#sim.count('container')}`;
    return this.#create(id, podSandboxID, config);
  }

  async #create(
    id: string,
    podSandboxID: string,
    config: ContainerConfig,
  ): Promise<string> {
    await this.#begin('createContainer', config.name);
    const sandbox = this.#sandbox(podSandboxID);
    if (sandbox.state !== 'SANDBOX_READY') {
      throw new Error(`sandbox container "${podSandboxID}" is not running`);
    }
    const script = this.#machine.script.container?.(config);
    if (script?.createError !== undefined) throw new Error(script.createError);
    this.#machine.addContainer(sandbox, config, id);
    return id;
  }

  /**
   * @story as {containerID}
   * @story The runtime starts container `{containerID}`.
   */
  async startContainer(containerID: string): Promise<void> {
    await this.#begin('startContainer', containerID);
    const { startTakes = defaultStartTakes } = this.#machine.script;
    await this.#wait(startTakes);
    const container = this.#container(containerID);
    const { startError } = container.script;
    const sandbox = this.#sandbox(container.podSandboxID);
    if (startError !== undefined) throw new Error(startError);
    if (sandbox.state !== 'SANDBOX_READY') {
      throw new Error(`cannot join network of a non running container`);
    }
    this.#machine.run(container);
  }

  /**
   * @story as {containerID}
   * @story Container `{containerID}` is asked to stop and has {timeout} s to do so.
   */
  async stopContainer(containerID: string, timeout: number): Promise<void> {
    await this.#begin('stopContainer', containerID);
    const container = this.#container(containerID);
    if (container.state !== 'running') return;
    this.#machine.stop(container, timeout);
    const ended = this.#sim.suspend<undefined>(`for ${containerID} to end`);
    this.#machine.whenEnded(container, () => {
      ended.resume(undefined);
    });
    await ended.promise;
  }

  /**
   * @story as {containerID}
   * @story The runtime removes container `{containerID}`.
   */
  async removeContainer(containerID: string): Promise<void> {
    await this.#begin('removeContainer', containerID);
    this.#machine.exit(containerID, 137);
    this.#machine.removeContainer(containerID);
  }

  async listContainers(podUID?: UID): Promise<CriContainer[]> {
    await this.#begin('listContainers', podUID ?? '');
    return this.#machine
      .containersOf(podUID)
      .map((container) => ({ ...container }));
  }

  async containerStatus(containerID: string): Promise<CriContainerStatus> {
    await this.#begin('containerStatus', containerID);
    return { ...this.#container(containerID) };
  }

  async execSync(
    containerID: string,
    command: readonly string[],
  ): Promise<number> {
    await this.#begin('execSync', containerID);
    const { name, state } = this.#container(containerID);
    const { takes = 0, exitCode = 0 } =
      this.#machine.script.exec?.(name, command) ?? {};
    await this.#wait(takes);
    if (state !== 'running') {
      throw new Error(`container ${containerID} is not running`);
    }
    return exitCode;
  }

  async imageStatus(image: string): Promise<string | undefined> {
    await this.#begin('imageStatus', image);
    return this.#machine.hasImage(image) ? image : undefined;
  }

  /**
   * @story as {image}
   * @story The runtime fetches image `{image}` from its registry.
   */
  async pullImage(
    image: string,
    _pullSecrets: readonly string[],
  ): Promise<string> {
    await this.#begin('pullImage', image);
    const { pullTakes = 0, error } = this.#machine.script.images?.[image] ?? {};
    await this.#wait(pullTakes);
    if (error !== undefined) throw new Error(error);
    this.#machine.images.add(image);
    return image;
  }

  /** What the scenario says of this call: it takes longer, it fails. */
  async #begin(call: string, subject: string): Promise<void> {
    const { delay, fault } = this.#machine.script;
    await this.#wait(delay?.(call, subject) ?? 0);
    const error = fault?.(call, subject);
    if (error !== undefined) throw new Error(error);
  }

  async #wait(takes: Milliseconds): Promise<void> {
    if (takes > 0) await this.#sim.sleep(takes);
  }

  #sandbox(id: string): Sandbox {
    const sandbox = this.#machine.sandboxes.get(id);
    if (sandbox === undefined) throw new Error(`no such sandbox: ${id}`);
    return sandbox;
  }

  #container(id: string): Container {
    const container = this.#machine.containers.get(id);
    if (container === undefined) throw new Error(`no such container: ${id}`);
    return container;
  }
}
