/**
 * A world whose controllers die right after one write to the API, whoever made
 * it, and are started again a little later.
 *
 * Nothing of this is known to what runs in it: the few places where processes
 * of controllers start are taken over here, for worlds of this kind alone.
 */
import type { ClientOptions } from '../../runnable/apiserver/memory-client.ts';
import type { MemoryStore } from '../../runnable/apiserver/memory-store.ts';
import type { RawConnection } from '../../runnable/knative/websocket/connection.ts';
import type { Message } from '../../runnable/knative/autoscaler/statserver/server.ts';
import { Server } from '../../runnable/knative/autoscaler/statserver/server.ts';
import type { Transport } from '../../runnable/knative/http/http.ts';
import { ControlPlane } from '../../runnable/scenarios/knative/control-plane.ts';
import { ScalingStage } from '../../runnable/scenarios/knative/scaling/stage.ts';
import { KnativeStage } from '../../runnable/scenarios/knative/stage.ts';
import type { SetUp } from '../../runnable/scenarios/knative/stage.ts';
import type { Observer, SimEvent } from '../../runnable/sim/event.ts';
import { Sim } from '../../runnable/sim/sim.ts';

/**
 * How long it takes until the controllers are there again: not so long that
 * those who are played, and act at fixed times, act before them.
 */
const restartAfter = 5;
const writes = [
  ...['store.create', 'store.update', 'store.updateStatus'],
  ...['store.patch', 'store.delete'],
];

/** A process of controllers. */
interface Program {
  crash(): void;
  /** Does nothing when the scenario has ended the process meanwhile. */
  startAgain(): Promise<void>;
}

/** A process that knows who ended it. */
class Process extends Sim {
  readonly world: CrashingWorld;
  /** Whether the scenario has. */
  isOver = false;

  constructor(world: CrashingWorld) {
    super({ seed: 0 }, world);
    this.world = world;
  }

  override kill(): void {
    this.isOver = true;
    this.crash();
  }

  crash(): void {
    super.kill();
  }
}

/** Hears of every write. */
class Witness implements Observer {
  wrote: (write: string) => void = () => undefined;

  emit({ kind, subject, case: variant }: SimEvent): number {
    const isWrite = writes.includes(kind) && variant !== 'refused';
    if (isWrite) this.wrote(`${kind} ${subject}`);
    return 0;
  }

  place(): undefined {
    return undefined;
  }

  spawn(_name: string, body: () => Promise<void>): Promise<void> {
    return body();
  }

  describe(): string {
    return 'somebody';
  }
}

export class CrashingWorld extends Sim {
  /** What was written, by whomever, in order. */
  readonly written: string[] = [];
  /** From then on nobody sends requests any more. */
  isCalm = false;
  /** Where the objects are; there once controllers were started. */
  store: MemoryStore | undefined;
  /** Processes in the order in which they were made. */
  readonly processes: Process[] = [];
  readonly #programs: Program[] = [];
  readonly #servers = new Set<Server>();

  /** @param crashAfter how many writes the controllers live for at first */
  constructor(seed: number, crashAfter: number) {
    const witness = new Witness();
    super({ seed, observer: witness });
    witness.wrote = (write) => {
      this.written.push(write);
      if (this.written.length === crashAfter) this.#crash();
    };
  }

  override process(): Process {
    const process = new Process(this);
    this.processes.push(process);
    return process;
  }

  hasProgram(program: Program, store: MemoryStore): void {
    this.#programs.push(program);
    this.store = store;
  }

  /** What is open to a server breaks when its process dies. */
  hasServer(server: Server): void {
    this.#servers.add(server);
  }

  #crash(): void {
    const dead = this.#programs.splice(0);
    for (const program of dead) program.crash();
    for (const server of this.#servers) server.break();
    this.#servers.clear();
    for (const program of dead) {
      this.go('restart', async () => {
        await this.sleep(restartAfter);
        await program.startAgain();
      });
    }
  }
}

/** Whose methods are taken over; `start` is not for everybody to call. */
interface Controllers {
  readonly sim: Sim;
  readonly store: MemoryStore;
  start: (
    this: Controllers,
    setUp: SetUp,
    options?: ClientOptions,
    sim?: Sim,
  ) => Promise<void>;
}
interface Autoscaling {
  readonly sim: Sim;
  readonly store: MemoryStore;
  startAutoscaler: (this: Autoscaling) => Promise<void>;
}
interface Clients {
  readonly sim: Sim;
  transportFrom: (this: Clients, from: string) => Transport;
}
interface Listening {
  accept: (this: Server, client: Sim, name: string) => RawConnection<Message>;
}

takeOverControllers(KnativeStage.prototype as unknown as Controllers);
takeOverAutoscaler(ControlPlane.prototype);
takeOverAutoscaler(ScalingStage.prototype);
takeOverServer(Server.prototype);
takeOverClients(ScalingStage.prototype);

/** Controllers get a process of their own within theirs. */
function takeOverControllers(stages: Controllers): void {
  const { start } = stages;
  stages.start = async function (
    this: Controllers,
    setUp,
    options = {},
    outer = this.sim,
  ) {
    const { sim: world, store } = this;
    if (!(world instanceof CrashingWorld)) {
      return start.call(this, setUp, options, outer);
    }
    const process = outer.process();
    const program = {
      crash: () => {
        process.kill();
      },
      startAgain: async () => {
        if (!outer.killed) await this.start(setUp, options, outer);
      },
    };
    world.hasProgram(program, store);
    return start.call(this, setUp, options, process);
  };
}

/** The autoscaler has a process of its own: the first that is made now. */
function takeOverAutoscaler(stages: Autoscaling): void {
  const { startAutoscaler } = stages;
  stages.startAutoscaler = async function () {
    const { sim: world, store } = this;
    if (!(world instanceof CrashingWorld)) return startAutoscaler.call(this);
    const index = world.processes.length;
    const started = startAutoscaler.call(this);
    const process = world.processes[index];
    const program = {
      crash: () => {
        process?.crash();
      },
      startAgain: async () => {
        if (process?.isOver === false) await this.startAutoscaler();
      },
    };
    world.hasProgram(program, store);
    return started;
  };
}

/** Who dies breaks his connections. */
function takeOverServer(servers: Listening): void {
  const { accept } = servers;
  servers.accept = function (client, name) {
    const world = client instanceof Process ? client.world : client;
    if (world instanceof CrashingWorld) world.hasServer(this);
    return accept.call(this, client, name);
  };
}

/** Clients that would keep on asking for ever leave when it is calm. */
function takeOverClients(stages: Clients): void {
  const { transportFrom } = stages;
  stages.transportFrom = function (from) {
    const { sim: world } = this;
    const send = transportFrom.call(this, from);
    if (!(world instanceof CrashingWorld) || from !== 'client') return send;
    return async (target, request) => {
      if (!world.isCalm) return send(target, request);
      return world.suspend<never>('for ever').promise;
    };
  };
}
