// SPDX-License-Identifier: Apache-2.0
#include <mpi.h>

#include "mpi/mpi_functions.hpp"

namespace plumbline::cli {
namespace {

constexpr int kTag = 1;

int rank()
{
    int rank = 0;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    return rank;
}

int count()
{
    int count = 1;
    MPI_Comm_size(MPI_COMM_WORLD, &count);
    return count;
}

int count_here()
{
    MPI_Comm here = MPI_COMM_NULL;
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &here);
    int count = 1;
    MPI_Comm_size(here, &count);
    MPI_Comm_free(&here);
    return count;
}

void send(int to, const char* text, std::size_t size)
{
    MPI_Send(text, static_cast<int>(size), MPI_CHAR, to, kTag, MPI_COMM_WORLD);
}

std::int64_t arrived(int* from)
{
    int there = 0;
    MPI_Status status;
    MPI_Iprobe(MPI_ANY_SOURCE, kTag, MPI_COMM_WORLD, &there, &status);
    if (there == 0) return -1;
    int size = 0;
    MPI_Get_count(&status, MPI_CHAR, &size);
    *from = status.MPI_SOURCE;
    return size;
}

void receive(int from, char* text, std::size_t size)
{
    MPI_Recv(text, static_cast<int>(size), MPI_CHAR, from, kTag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}

void end() { MPI_Finalize(); }
void abort(int exit_code) { MPI_Abort(MPI_COMM_WORLD, exit_code); }

constexpr MpiFunctions kFunctions{rank, count, count_here, send, arrived, receive, end, abort};

}  // namespace
}  // namespace plumbline::cli

extern "C" __attribute__((visibility("default"))) const plumbline::cli::MpiFunctions* plumbline_begin_mpi();

const plumbline::cli::MpiFunctions* plumbline_begin_mpi()
{
    // One thread of this process calls MPI, though others compute.
    int provided = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided);
    return provided >= MPI_THREAD_FUNNELED ? &plumbline::cli::kFunctions : nullptr;
}
